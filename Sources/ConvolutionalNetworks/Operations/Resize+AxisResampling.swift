extension Resize {
  /// How one axis is resampled: each output cell is a weighted sum of input cells.
  package struct AxisResampling: Sendable {
    package let input: Int
    package let output: Int
  }

  /// The resampling of each logical axis of a value of shape `shape`.
  package func axisResamplings(for shape: [Int]) throws(ShapeError) -> [AxisResampling] {
    throw ShapeError("resampling arrives with its kernel")
  }
}
