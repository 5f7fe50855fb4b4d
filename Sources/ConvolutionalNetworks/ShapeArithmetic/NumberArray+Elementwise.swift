extension NumberArray {
  /// The most numbers that shape arithmetic may make: a file that asks for more is damaged or hostile.
  static let largestCount = 1 << 26

  /// The product of `shape`, which no partial product of it exceeds unless there is an extent of 0.
  ///
  /// - Throws: `ShapeError` for negative extents and for more numbers than shape arithmetic may make.
  static func count(of shape: [Int]) throws(ShapeError) -> Int {
    var bound = 1
    for extent in shape {
      let (product, overflow) = bound.multipliedReportingOverflow(by: max(extent, 1))
      guard extent >= 0, !overflow, product <= largestCount else {
        throw ShapeError("shape arithmetic cannot make an array of shape \(shape)")
      }
      bound = product
    }
    return shape.contains(0) ? 0 : bound
  }

  /// Each number replaced.
  func mapped(_ transform: (Double) -> Double) -> NumberArray {
    NumberArray(shape: shape, numbers: numbers.map(transform))
  }

  /// Each pair of numbers combined, with broadcasting.
  func combined(with other: NumberArray, _ transform: (Double, Double) -> Double)
    throws(ShapeError) -> NumberArray
  {
    let common = try broadcastShape(shape, other.shape)
    _ = try Self.count(of: common)
    let left = broadcast(to: common)
    let right = other.broadcast(to: common)
    return NumberArray(shape: common, numbers: zip(left.numbers, right.numbers).map(transform))
  }

  /// The numbers repeated along axes of extent 1 or missing, to fill `shape`.
  func broadcast(to shape: [Int]) -> NumberArray {
    guard shape != self.shape else { return self }
    let padded = Array(repeating: 1, count: shape.count - self.shape.count) + self.shape
    let ownStrides = Self.strides(of: padded)
    let strides = padded.indices.map { padded[$0] == 1 ? 0 : ownStrides[$0] }
    return NumberArray(shape: shape, numbers: strided(extents: shape, strides: strides))
  }
}
