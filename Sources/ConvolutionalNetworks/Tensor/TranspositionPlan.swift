internal import CFVKernels

/// How to copy an array while permuting its axes: matrices that lie in both, and the axes round them.
package struct TranspositionPlan: Sendable {
  /// An axis, and the steps along it in source and target.
  private struct Axis {
    var extent: Int
    let source: Int
    let target: Int

    static let single = Axis(extent: 1, source: 1, target: 1)
  }

  /// The axes round the matrices.
  private let outer: [Axis]
  /// The rows of the matrices; in the source they lie side by side unless columns do.
  private let rows: Axis
  /// The columns, which lie side by side in the target.
  private let columns: Axis
  /// The parts that the work is cut into, which no two cells of the target share.
  package let chunks: Int
  private let rowsPerChunk: Int

  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 13

  package init(shape: [Int], permutation: [Int]) {
    let axes = Self.joined(shape, permutation)
    let columns = axes.last ?? .single
    // Rows of a transposed matrix are neighbours in the source; else any axis will do.
    let row =
      columns.source == 1
      ? axes.count - 2 : axes.firstIndex { $0.source == 1 } ?? axes.count - 2
    rows = row >= 0 ? axes[row] : .single
    outer = axes.indices.dropLast().filter { $0 != row }.map { axes[$0] }
    self.columns = columns
    let height = max(1, Self.chunk / max(columns.extent, 1))
    rowsPerChunk = columns.source == 1 ? height : (height + 15) / 16 * 16
    let blocks = (rows.extent + rowsPerChunk - 1) / rowsPerChunk
    chunks = shape.contains(0) ? 0 : outer.reduce(blocks) { $0 * $1.extent }
  }

  /// The axes in the target's order; those that are neighbours in both are one.
  private static func joined(_ shape: [Int], _ permutation: [Int]) -> [Axis] {
    var sourceSteps = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      sourceSteps[axis] = sourceSteps[axis + 1] * shape[axis + 1]
    }
    var axes: [Axis] = []
    var step = 1
    for axis in permutation.reversed() where shape[axis] != 1 {
      if let inner = axes.last, sourceSteps[axis] == inner.source * inner.extent {
        axes[axes.count - 1].extent *= shape[axis]
      } else {
        axes.append(Axis(extent: shape[axis], source: sourceSteps[axis], target: step))
      }
      step *= shape[axis]
    }
    return axes.reversed()
  }

  /// Copies, or with `accumulating` adds, the permuted source into the contiguous target.
  package func run(
    from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>,
    accumulating: Bool = false
  ) {
    for chunk in 0..<chunks { run(chunk, from: source, to: target, accumulating: accumulating) }
  }

  /// Copies or adds one of the chunks.
  package func run(
    _ chunk: Int, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>,
    accumulating: Bool
  ) {
    let blocks = (rows.extent + rowsPerChunk - 1) / rowsPerChunk
    let first = chunk % blocks * rowsPerChunk
    var from = source + first * rows.source
    var to = target + first * rows.target
    var place = chunk / blocks
    for axis in outer.reversed() {
      from += place % axis.extent * axis.source
      to += place % axis.extent * axis.target
      place /= axis.extent
    }
    let height = min(rowsPerChunk, rows.extent - first)
    if columns.source == 1 {
      cfv_copy_rows(
        from, rows.source, to, rows.target, height, columns.extent, accumulating ? 1 : 0)
    } else {
      cfv_transpose(
        from, rows.source, columns.source, to, rows.target, height, columns.extent,
        accumulating ? 1 : 0)
    }
  }
}
