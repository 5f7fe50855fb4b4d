/// The lines of an array along one axis; the elements of a line are `inner` apart.
struct AxisLines: Sendable {
  /// The elements of a line.
  let extent: Int
  /// The elements after the axis.
  let inner: Int
  /// The number of lines.
  let count: Int

  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 11

  /// For an array of shape `shape` in memory order.
  init(shape: [Int], axis: Int) {
    extent = shape[axis]
    inner = shape[(axis + 1)...].reduce(1, *)
    count = shape[..<axis].reduce(inner, *)
  }

  /// The first element of a line of an array with `extent` elements along the axis.
  func start(_ line: Int, extent: Int) -> Int {
    line / inner * extent * inner + line % inner
  }

  /// Visits the lines, shared among the workers.
  func forEach(_ run: KernelRun, _ body: (_ line: Int) -> Void) {
    run.forEachBlock(ofRows: count, width: extent, elements: Self.chunk) { first, count, _ in
      for line in first..<(first + count) { body(line) }
    }
  }
}
