/// An operation that goes over axes, of which its result has none, or ones of extent 1.
protocol ReducingOperation: TensorOperation {
  var axes: TensorAxes { get }
}

extension ReducingOperation {
  func isPerPicture(_ operands: [Bool]) -> Bool { operands[0] && !axes.includePictures }
  func couplesPictures(_ operands: [Bool]) -> Bool { operands[0] && axes.includePictures }
}

/// What is left of a shape of which some axes are reduced, and the runs of elements that go into one result.
struct ReducedAxes {
  let shape: ExpressionShape
  /// The elements that go into each result.
  let termCount: Int
  /// The operand's elements; the left place is that of their result.
  let runs: BroadcastRuns

  init(_ axes: TensorAxes, of operand: ExpressionShape, keepsAxes: Bool)
    throws(ExpressionError)
  {
    let positions = Set(try axes.positions(in: operand))
    let extents = operand.extents
    let kept = extents.indices.map { positions.contains($0) ? 1 : extents[$0] }
    termCount = positions.reduce(1) { $0 * extents[$1] }
    guard termCount > 0 else { throw ExpressionError("there are no elements", [operand]) }
    runs = BroadcastRuns(extents: extents, left: kept, right: kept)
    let own = extents.indices.filter { operand.pictures == nil || $0 > 0 }
    shape = ExpressionShape(
      pictures: positions.contains(0) ? nil : operand.pictures,
      axes: own.filter { keepsAxes || !positions.contains($0) }.map { kept[$0] })
  }
}
