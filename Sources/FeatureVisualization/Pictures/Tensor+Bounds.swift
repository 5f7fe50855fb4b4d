// What pictures may hold.

extension Tensor {
  /// The smallest and the largest element; `nil` where one is not finite, 0…0 of no elements.
  var bounds: ClosedRange<Float>? {
    let (low, high) = (minimum() ?? 0, maximum() ?? 0)
    return low.isFinite && high.isFinite ? low...high : nil
  }

  /// Refuses pictures that are not 0…1, or not finite where they may lie beyond that range.
  func validatePicture(_ argument: String, beyondRange: Bool = false) throws(VisualizationError) {
    guard let bounds else { throw .invalidArgument(argument, "a pixel is not finite") }
    guard !beyondRange else { return }
    guard bounds.lowerBound >= -0.001, bounds.upperBound <= 1.001 else {
      throw .invalidArgument(
        argument,
        "pixels of \(bounds.lowerBound)...\(bounds.upperBound) are not in 0...1"
          + (bounds.upperBound > 2 ? ": divide a picture of 0...255 by 255" : ""))
    }
  }
}
