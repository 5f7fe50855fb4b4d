internal import CFVKernels

/// A common walk over arrays of which some stand still along some axes: those that broadcast against the
/// others, and those that receive sums.
///
/// The innermost two axes are C's business; this is the cut of the work and the way through the outer axes.
struct BroadcastWalk: Sendable {
  /// An axis: its extent and the step of each array along it, 0 for one that stands still.
  private struct Axis {
    var extent: Int
    let steps: [Int]

    static func single(arrays: Int) -> Axis {
      Axis(extent: 1, steps: Array(repeating: 0, count: arrays))
    }
  }

  /// Axes that every array walks in step are joined; at least two.
  private let axes: [Axis]

  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 13

  /// A walk over the cells of `shape`; each of `arrays` has as many axes, of the same extent or of 1.
  init(over shape: [Int], arrays: [[Int]]) {
    var axes: [Axis] = []
    var steps = [Int](repeating: 1, count: arrays.count)
    for axis in shape.indices.reversed() where shape[axis] != 1 {
      let now = arrays.indices.map { arrays[$0][axis] == 1 ? 0 : steps[$0] }
      if let inner = axes.last, now == inner.steps.map({ $0 * inner.extent }) {
        axes[axes.count - 1].extent *= shape[axis]
      } else {
        axes.append(Axis(extent: shape[axis], steps: now))
      }
      for index in arrays.indices { steps[index] *= arrays[index][axis] }
    }
    while axes.count < 2 { axes.append(.single(arrays: arrays.count)) }
    self.axes = axes.reversed()
  }

  /// How a combination is cut so that no two chunks write the same cell of the target.
  struct Cut: Sendable {
    /// The array written.
    let target: Int
    /// Whether the target stands still along some axis, so that it receives sums.
    let sums: Bool
    /// The number of chunks.
    let chunks: Int
    fileprivate let axis: Int
    fileprivate let width: Int
  }

  /// Cuts along the longest axis of the array `target`.
  func cut(target: Int) -> Cut {
    let kept = axes.indices.filter { axes[$0].steps[target] != 0 }
    let total = axes.reduce(1) { $0 * $1.extent }
    let sums = axes.contains { $0.extent > 1 && $0.steps[target] == 0 }
    guard let axis = kept.max(by: { axes[$0].extent < axes[$1].extent }) else {
      return Cut(
        target: target, sums: sums, chunks: total > 0 ? 1 : 0, axis: 0, width: axes[0].extent)
    }
    let extent = axes[axis].extent
    guard total > 0 else {
      return Cut(target: target, sums: sums, chunks: 0, axis: axis, width: max(extent, 1))
    }
    var width = max(1, Self.chunk / (total / extent))
    // Columns that are neighbours in memory are cut at cache lines.
    if axis == axes.count - 1 { width = (width + 63) / 64 * 64 }
    return Cut(
      target: target, sums: sums, chunks: (extent + width - 1) / width, axis: axis, width: width)
  }

  /// An array that is read: its place in the walk and its first element.
  struct Source {
    let array: Int
    let start: UnsafePointer<Float>

    init(_ array: Int, _ start: UnsafePointer<Float>) {
      self.array = array
      self.start = start
    }
  }

  /// Combines the sources' elements into the target: of a chunk of the cut, all of it.
  ///
  /// A target that receives sums (or what else `fold` makes of many) must have been set, since they are added.
  func combine(
    _ combination: cfv_combination, scale: Float = 1, _ a: Source, _ b: Source? = nil,
    _ c: Source? = nil, into target: UnsafeMutablePointer<Float>, _ cut: Cut, chunk: Int,
    accumulating: Bool, fold: cfv_fold = CFV_SUM
  ) {
    var visit = Visit(
      combination: combination, fold: fold, scale: scale, a: a, b: b ?? a, c: c ?? a,
      target: target, cut: cut,
      range: chunk * cut.width..<min((chunk + 1) * cut.width, axes[cut.axis].extent),
      accumulating: accumulating || cut.sums)
    walk(0, &visit)
  }

  /// Where a walk stands.
  private struct Visit {
    let combination: cfv_combination
    let fold: cfv_fold
    let scale: Float
    var a: Source
    var b: Source
    var c: Source
    var target: UnsafeMutablePointer<Float>
    let cut: Cut
    let range: Range<Int>
    let accumulating: Bool
  }

  private func walk(_ depth: Int, _ visit: inout Visit) {
    guard depth < axes.count - 2 else {
      combineRows(visit)
      return
    }
    let axis = axes[depth]
    for index in visit.cut.axis == depth ? visit.range : 0..<axis.extent {
      var inner = visit
      inner.a = moved(visit.a, by: index, along: axis)
      inner.b = moved(visit.b, by: index, along: axis)
      inner.c = moved(visit.c, by: index, along: axis)
      inner.target += index * axis.steps[visit.cut.target]
      walk(depth + 1, &inner)
    }
  }

  private func moved(_ source: Source, by index: Int, along axis: Axis) -> Source {
    Source(source.array, source.start + index * axis.steps[source.array])
  }

  private func combineRows(_ visit: Visit) {
    let rowAxis = axes[axes.count - 2]
    let columnAxis = axes[axes.count - 1]
    let rows = visit.cut.axis == axes.count - 2 ? visit.range : 0..<rowAxis.extent
    let columns = visit.cut.axis == axes.count - 1 ? visit.range : 0..<columnAxis.extent
    func offset(_ array: Int) -> Int {
      rows.lowerBound * rowAxis.steps[array] + columns.lowerBound * columnAxis.steps[array]
    }
    func operand(_ source: Source) -> cfv_operand {
      cfv_operand(
        start: source.start + offset(source.array), row_step: rowAxis.steps[source.array],
        step: columnAxis.steps[source.array])
    }
    var a = operand(visit.a)
    var b = operand(visit.b)
    var c = operand(visit.c)
    let array = visit.cut.target
    cfv_combine(
      visit.combination, visit.fold, visit.scale, &a, &b, &c, visit.target + offset(array),
      rowAxis.steps[array], columnAxis.steps[array], rows.count, columns.count,
      visit.accumulating ? 1 : 0)
  }
}
