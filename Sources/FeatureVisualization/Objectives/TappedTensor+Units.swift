/// What losses ask of the units that they look at, as of a `Tensor`.
extension TappedTensor {
  /// The mean of a unit over all positions, for each picture.
  ///
  /// - Precondition: there is a unit of this number.
  public func mean(ofUnit index: Int) -> [Float] { values.means(ofUnit: index, UnitAxes(shape)) }

  /// One unit of each picture, `[N, H, W, 1]` of a feature map, copied.
  ///
  /// - Precondition: there is a unit of this number.
  public func unit(_ index: Int) -> Tensor { values.map(ofUnit: index, shape: shape) }

  /// `Σ over positions of x_c · x_d` for any two units c and d of each picture, `[N, C, C]`; see `Tensor.gramMatrix()`.
  public func gramMatrix() -> Tensor { values.gramMatrices(UnitAxes(shape)) }
}

extension Tensor {
  /// A copy of what a loss looks at, which may be kept.
  public init(_ tapped: TappedTensor) {
    self = tapped.values.withUnsafeBufferPointer { Tensor(shape: tapped.shape, elements: $0) }
  }
}
