/// The lines of elements along one axis of a tensor.
struct AxisLines: Sendable {
  /// The number of elements before the axis, along it, and within each step of it.
  let outer, extent, inner: Int

  init(_ shape: ExpressionShape, along position: Int) {
    let extents = shape.extents
    outer = extents[..<position].reduce(1, *)
    extent = extents[position]
    inner = extents[(position + 1)...].reduce(1, *)
  }

  /// Calls `body` with the place of each line's first element, on the threads of the pool. Elements are `inner` apart.
  @inline(__always)
  func visit(_ body: (_ first: Int) -> Void) {
    Stretch.forEach(of: outer * inner, by: max(1, Stretch.length / max(extent, 1))) { lines in
      for line in lines {
        let (before, within) = line.quotientAndRemainder(dividingBy: inner)
        body(before * extent * inner + within)
      }
    }
  }
}
