/// The common shape of two operands, aligned at the last axis, extents of 1 stretched (NumPy's rule).
///
/// - Throws: `ShapeError` where two extents differ and neither is 1.
package func broadcastShape(_ left: [Int], _ right: [Int]) throws(ShapeError) -> [Int] {
  let rank = max(left.count, right.count)
  let l = Array(repeating: 1, count: rank - left.count) + left
  let r = Array(repeating: 1, count: rank - right.count) + right
  var result: [Int] = []
  for (a, b) in zip(l, r) {
    guard a == b || a == 1 || b == 1 else {
      throw ShapeError("shapes \(left) and \(right) do not broadcast")
    }
    result.append(a == 1 ? b : a)
  }
  return result
}

/// `axis` counted from the front.
///
/// - Throws: `ShapeError` where a tensor of `rank` axes has no such axis.
package func normalizedAxis(_ axis: Int, rank: Int) throws(ShapeError) -> Int {
  guard (-rank..<rank).contains(axis) else {
    throw ShapeError("axis \(axis) of a tensor of \(rank) axes")
  }
  return axis < 0 ? axis + rank : axis
}
