/// Which matrices of two stacks, broadcast against one another, each product is made of.
///
/// Worked out when asked: a file may broadcast two stacks to more products than any list should hold.
struct MatrixPairing: Sendable {
  /// An axis of the products, and the steps along it in each stack; 0 for one that stands still.
  private struct Axis {
    let extent: Int
    let left: Int
    let right: Int
  }

  /// One of the two stacks.
  enum Side { case left, right }

  private let axes: [Axis]
  /// The number of products.
  let count: Int
  private let leftCount: Int
  private let rightCount: Int

  /// Stacks of these extents, whose common one is `batch`.
  init(left: [Int], right: [Int], batch: [Int]) {
    func padded(_ own: [Int]) -> [Int] {
      Array(repeating: 1, count: batch.count - own.count) + own
    }
    let (lefts, rights) = (padded(left), padded(right))
    var axes: [Axis] = []
    var (leftStep, rightStep) = (1, 1)
    for axis in batch.indices.reversed() {
      axes.append(
        Axis(
          extent: batch[axis], left: lefts[axis] == 1 ? 0 : leftStep,
          right: rights[axis] == 1 ? 0 : rightStep))
      leftStep *= lefts[axis]
      rightStep *= rights[axis]
    }
    self.axes = axes
    count = batch.reduce(1, *)
    (leftCount, rightCount) = (leftStep, rightStep)
  }

  /// The number of matrices in a stack.
  func matrices(_ side: Side) -> Int { side == .left ? leftCount : rightCount }

  /// The number of products that each matrix of a stack is a factor of.
  func uses(_ side: Side) -> Int { count / max(matrices(side), 1) }

  /// The matrix of a stack that a product is made of.
  func matrix(_ side: Side, of product: Int) -> Int {
    var place = product
    var matrix = 0
    for axis in axes {
      matrix += place % axis.extent * step(axis, side)
      place /= axis.extent
    }
    return matrix
  }

  /// The product that is the `use`-th to be made of a matrix.
  func product(_ use: Int, of matrix: Int, _ side: Side) -> Int {
    var (use, matrix) = (use, matrix)
    var product = 0
    var productStep = 1
    for axis in axes {
      if step(axis, side) == 0 {
        product += use % axis.extent * productStep
        use /= axis.extent
      } else {
        product += matrix % axis.extent * productStep
        matrix /= axis.extent
      }
      productStep *= axis.extent
    }
    return product
  }

  private func step(_ axis: Axis, _ side: Side) -> Int { side == .left ? axis.left : axis.right }
}
