internal import ConvolutionalNetworks

extension Reshape {
  /// Makes the steps of all sequences a batch: of `[N, T, …]` `[N · T, …]`. Sizes may be free.
  static func stepsAsBatch(of sequence: String) -> Reshape {
    Reshape(to: .joining([.constant([-1]), .shape(of: sequence, start: 2, end: nil)]))
  }

  /// Makes a batch the steps that it was made of: of `[N · T, …]` `[N, T, …]`.
  static func batchAsSteps(_ batch: String, of sequence: String) -> Reshape {
    Reshape(
      to: .joining([
        .shape(of: sequence, start: 0, end: 2), .shape(of: batch, start: 1, end: nil),
      ]))
  }
}

extension ShapeExpression {
  /// Lists of extents behind one another.
  fileprivate static func joining(_ parts: [ShapeExpression]) -> ShapeExpression {
    .apply(Concatenation(axis: 0), parts, .integer)
  }
}
