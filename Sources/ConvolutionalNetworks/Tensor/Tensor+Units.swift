/// Units: channels of a feature map `[N, H, W, C]`, or what a dense layer gives, `[N, units]`.
extension Tensor {
  /// The number of units: the extent of the last axis; 1 of a tensor without any behind the pictures.
  public var unitCount: Int { UnitAxes(shape).units }

  /// One unit of each picture, `[N, H, W, 1]` of a feature map.
  ///
  /// - Precondition: there is a unit of this number.
  public func unit(_ index: Int) -> Tensor { span.map(ofUnit: index, shape: shape) }

  /// The mean of a unit over all positions, for each picture.
  ///
  /// - Precondition: there is a unit of this number.
  public func mean(ofUnit index: Int) -> [Float] { span.means(ofUnit: index, UnitAxes(shape)) }

  /// The unit of the largest number in each row along the last axis: one for each picture of `[N, units]`, one for each
  /// position of a feature map, in row-major order. NaN counts as smaller than any number.
  public func argmaxOfUnits() -> [Int] { topUnits(1).compactMap(\.first) }

  /// The units of the largest numbers in each row along the last axis, largest first: a list for each picture of
  /// `[N, units]`, one for each position of a feature map, in row-major order. NaN counts as smaller than any number.
  ///
  ///     let guesses = try network.evaluate(photo).topUnits(5)[0]
  ///
  /// - Precondition: `count` is not negative.
  public func topUnits(_ count: Int) -> [[Int]] {
    let (span, units) = (span, unitCount)
    guard units > 0 else { return [] }
    return (0..<span.count / units).map { row in
      span.extracting(row * units..<(row + 1) * units).topIndices(count)
    }
  }

  /// `Σ over positions of x_c · x_d` for any two units c and d of each picture, `[N, C, C]`: which units occur together,
  /// and not where.
  ///
  /// Gatys, Ecker and Bethge 2015, https://arxiv.org/abs/1508.06576. It is not divided by the number of positions.
  public func gramMatrix() -> Tensor { span.gramMatrices(UnitAxes(shape)) }
}
