extension TensorExpression {
  /// Some units, the elements of the last axis, in this order.
  public func units(_ units: [Int]) -> TensorExpression { selecting(.indices(units), along: -1) }

  /// A range of units, the elements of the last axis: `0..<8`, `8...`, `..<(-1)`.
  public func units(_ range: some RangeExpression<Int>) -> TensorExpression {
    slice(range, along: -1)
  }

  /// One unit, without the axis of units: `[N, H, W]` of `[N, H, W, C]`.
  public func unit(_ unit: Int) -> TensorExpression { element(unit, along: -1) }

  /// One position of a feature map: `[N, C]` of `[N, H, W, C]`.
  public func at(_ position: MapPosition) -> TensorExpression {
    TensorExpression(PositionOperation(positions: [position]), self).element(0, along: 1)
  }

  /// Some positions of a feature map, in this order: `[N, positions.count, C]` of `[N, H, W, C]`.
  public func at(_ positions: [MapPosition]) -> TensorExpression {
    TensorExpression(PositionOperation(positions: positions), self)
  }

  /// One picture of the batch, the same for every picture: `[H, W, C]` of `[N, H, W, C]`.
  public func picture(_ index: Int) -> TensorExpression { element(index, along: 0) }

  /// Some pictures of the batch, the same for every picture. Their axis is no longer that of the pictures, but the first
  /// of those that each picture has.
  public func pictures(_ range: some RangeExpression<Int>) -> TensorExpression {
    slice(range, along: 0)
  }

  /// A range of the elements of an axis. Bounds below 0 count from the end.
  public func slice(_ range: some RangeExpression<Int>, along axis: Int) -> TensorExpression {
    // Open ends become those of all integers, to be told from bounds once the extent is known.
    let range = range.relative(to: Int.min..<Int.max)
    return selecting(.range(range.lowerBound, range.upperBound), along: axis)
  }

  /// One element of an axis, without the axis.
  public func element(_ index: Int, along axis: Int) -> TensorExpression {
    selecting(.element(index), along: axis)
  }

  /// Each picture's elements under other axes, one of which may be −1: whatever is left.
  public func reshaped(to axes: [Int]) -> TensorExpression {
    TensorExpression(ReshapingOperation(form: .axes(axes)), self)
  }

  /// All positions along one axis: `[N, H·W, C]` of `[N, H, W, C]`.
  public var positions: TensorExpression {
    TensorExpression(ReshapingOperation(form: .positions), self)
  }

  /// Each picture's elements along one axis: `[N, H·W·C]`.
  public var flattened: TensorExpression { reshaped(to: [-1]) }

  /// This and then another tensor along an axis, of the same extents otherwise.
  public func concatenated(with other: TensorExpression, along axis: Int) -> TensorExpression {
    TensorExpression(ConcatenationOperation(axis: axis), self, other)
  }

  private func selecting(_ part: AxisPart, along axis: Int) -> TensorExpression {
    TensorExpression(SelectionOperation(axis: axis, part: part), self)
  }
}
