/// Where in a stretch of numbers the elements of a tensor lie.
struct StridedLayout: Equatable {
  let shape: [Int]
  /// How far apart neighbours along each axis are, in elements.
  let strides: [Int]
  /// The number of elements.
  let count: Int

  /// Elements in row-major order without gaps.
  ///
  /// - Throws: `WeightsFileError.Problem.layout` for negative or overflowing extents.
  init(shape: [Int]) throws(WeightsFileError.Problem) {
    count = try Self.count(shape)
    self.shape = shape
    strides = Self.rowMajor(shape)
  }

  /// Elements that lie `strides` apart.
  ///
  /// - Throws: `WeightsFileError.Problem.layout` for extents or strides that no stored tensor has.
  init(shape: [Int], strides: [Int]) throws(WeightsFileError.Problem) {
    count = try Self.count(shape)
    guard strides.count == shape.count, strides.allSatisfy({ $0 >= 0 }) else {
      throw .layout(reason: "strides \(strides) do not belong to the shape \(shape)")
    }
    self.shape = shape
    self.strides = strides
  }

  /// Whether the elements lie in row-major order without gaps.
  var isContiguous: Bool {
    let rowMajor = Self.rowMajor(shape)
    return count == 0 || shape.indices.allSatisfy { shape[$0] == 1 || strides[$0] == rowMajor[$0] }
  }

  /// How many elements there are from the first to the last, gaps included.
  ///
  /// - Throws: `WeightsFileError.Problem.layout` where that overflows, or where elements share their place: a
  ///   small file could else ask for any amount of memory.
  func extent() throws(WeightsFileError.Problem) -> Int {
    guard count > 0 else { return 0 }
    var last = 0
    for (extent, stride) in zip(shape, strides) {
      let (reach, overflow) = (extent - 1).multipliedReportingOverflow(by: stride)
      let (sum, overflowOfSum) = last.addingReportingOverflow(reach)
      guard !overflow, !overflowOfSum, sum < Self.greatestCount else {
        throw .layout(reason: "strides \(strides) of the shape \(shape) are too large")
      }
      last = sum
    }
    guard count <= last + 1 else {
      throw .layout(reason: "elements of the shape \(shape) with strides \(strides) overlap")
    }
    return last + 1
  }

  /// Copies the elements, which begin at `source`, in row-major order.
  func gather(from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
    guard count > 0 else { return }
    var next = target
    gather(axis: 0, from: source, to: &next)
  }

  private func gather(
    axis: Int, from source: UnsafePointer<Float>, to target: inout UnsafeMutablePointer<Float>
  ) {
    guard axis < shape.count else {
      target.pointee = source.pointee
      target += 1
      return
    }
    for i in 0..<shape[axis] {
      gather(axis: axis + 1, from: source + i * strides[axis], to: &target)
    }
  }

  private static let greatestCount = 1 << 48
  static let greatestRank = 16

  private static func count(_ shape: [Int]) throws(WeightsFileError.Problem) -> Int {
    guard shape.count <= greatestRank else {
      throw .layout(reason: "\(shape.count) axes are too many")
    }
    // Bounded as if no extent were 0, so that strides can be computed with as well.
    var bound = 1
    for extent in shape {
      let (product, overflow) = bound.multipliedReportingOverflow(by: max(extent, 1))
      guard extent >= 0, !overflow, product <= greatestCount else {
        throw .layout(reason: "the shape \(shape) is impossible")
      }
      bound = product
    }
    return shape.contains(0) ? 0 : bound
  }

  private static func rowMajor(_ shape: [Int]) -> [Int] {
    var strides = [Int](repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() {
      strides[axis] = strides[axis + 1] * max(shape[axis + 1], 1)
    }
    return strides
  }
}
