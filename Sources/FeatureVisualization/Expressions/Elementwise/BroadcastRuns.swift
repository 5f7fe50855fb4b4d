/// The elements of a tensor in runs of neighbours, and where those of two others lie that are broadcast to its shape.
///
/// Along a run, an operand's elements are neighbours too (its step is 1), or one element stands for all (0).
struct BroadcastRuns: Sendable {
  /// A stretch of a run: where it begins in the tensor and in either operand.
  struct Run {
    let start, left, right, count: Int
  }

  let count: Int
  let length: Int
  let leftStep, rightStep: Int
  /// Whether every element of an operand belongs to one element of the tensor alone.
  let leftIsWhole, rightIsWhole: Bool
  private let outer: [Axis]

  private struct Axis {
    var extent, left, right: Int
  }

  /// - Parameters:
  ///   - left, right: the extents of either operand, aligned with `extents`: equal to them, or 1.
  init(extents: [Int], left: [Int], right: [Int]) {
    var axes: [Axis] = []
    var (leftSize, rightSize) = (1, 1)
    for axis in extents.indices.reversed() {
      defer { (leftSize, rightSize) = (leftSize * left[axis], rightSize * right[axis]) }
      let extent = extents[axis]
      guard extent != 1 else { continue }
      let next = Axis(
        extent: extent, left: left[axis] == 1 ? 0 : leftSize,
        right: right[axis] == 1 ? 0 : rightSize)
      // What lies on as the axis within does is one axis with it.
      if let last = axes.last, next.left == last.left * last.extent,
        next.right == last.right * last.extent
      {
        axes[axes.count - 1].extent *= extent
      } else {
        axes.append(next)
      }
    }
    count = extents.reduce(1, *)
    length = axes.first?.extent ?? 1
    (leftStep, rightStep) = (axes.first?.left ?? 1, axes.first?.right ?? 1)
    outer = Array(axes.dropFirst())
    (leftIsWhole, rightIsWhole) = (leftSize == count, rightSize == count)
  }

  /// Calls `body` for all elements: on the threads of the pool, in stretches that shapes alone decide, or in order.
  @inline(__always)
  func visit(inOrder: Bool = false, _ body: (Run) -> Void) {
    guard count > 0 else { return }
    if inOrder {
      for run in 0..<count / length { body(place(run)) }
    } else if count == length {
      Stretch.forEach(of: length) {
        let start = $0.lowerBound
        body(Run(start: start, left: start * leftStep, right: start * rightStep, count: $0.count))
      }
    } else {
      Stretch.forEach(of: count / length, by: max(1, Stretch.length / length)) {
        for run in $0 { body(place(run)) }
      }
    }
  }

  private func place(_ run: Int) -> Run {
    var (rest, left, right) = (run, 0, 0)
    for axis in outer {
      let (next, index) = rest.quotientAndRemainder(dividingBy: axis.extent)
      rest = next
      left += index * axis.left
      right += index * axis.right
    }
    return Run(start: run * length, left: left, right: right, count: length)
  }
}
