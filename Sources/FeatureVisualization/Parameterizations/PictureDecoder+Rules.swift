extension PictureDecoder {
  /// The most parameters of a picture: 2³⁰, four gigabytes.
  private static var largestCount: Int { 1 << 30 }

  /// Refuses what would read or write outside the memory of parameters and pictures, before any step is taken.
  ///
  /// - Parameter parameters: those that a run starts from.
  /// - Throws: `VisualizationError.brokenRule` naming the decoder's type.
  package func validate(
    _ parameters: [Float], of parameterization: any Parameterization, size: PictureSize
  ) throws(VisualizationError) {
    func broken(_ rule: String) -> VisualizationError {
      .brokenRule(type: "\(type(of: self))", rule: rule)
    }
    guard parameters.count == parameterCount else {
      throw broken(
        "it starts from \(parameters.count) parameters, and its parameterCount is \(parameterCount)"
      )
    }
    guard parameterization.pixelSpace == nil || parameterCount == size.count else {
      throw broken(
        "\(parameterization.name) names a pixel space, so its parameters are the \(size.count) numbers "
          + "of the picture, not \(parameterCount)")
    }
    guard parameters.allSatisfy(\.isFinite) else {
      throw broken("a parameter that it starts from is not finite")
    }
    var picture = [Float](repeating: .nan, count: size.count)
    var span = picture.mutableSpan
    decode(parameters.span, into: &span)
    guard picture.allSatisfy(\.isFinite) else {
      throw broken("decode leaves elements of the picture unwritten, or not finite")
    }
  }

  /// Refuses a number of parameters that no picture has.
  func validateCount() throws(VisualizationError) {
    guard (1...Self.largestCount).contains(parameterCount) else {
      throw .brokenRule(
        type: "\(type(of: self))", rule: "a parameterCount of \(parameterCount)")
    }
    guard (0...parameterCount).contains(sharedParameterCount) else {
      throw .brokenRule(
        type: "\(type(of: self))",
        rule: "a sharedParameterCount of \(sharedParameterCount) of \(parameterCount)")
    }
  }
}
