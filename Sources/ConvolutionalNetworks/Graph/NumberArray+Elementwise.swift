extension NumberArray {
  /// The most numbers that shape arithmetic may make: a file that asks for more is damaged or hostile.
  private static let largestCount = 1 << 22

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

  /// An array of shape `shape` whose every number is `number`.
  static func filled(_ shape: [Int], with number: Double) throws(ShapeError) -> NumberArray {
    let count = try count(of: shape)
    return NumberArray(shape: shape, numbers: Array(repeating: number, count: count))
  }

  /// The numbers from a start to before an end in steps, given as three vectors of one number each.
  static func counting(_ bounds: [[Double]]) throws(ShapeError) -> NumberArray {
    guard bounds.allSatisfy({ $0.count == 1 && $0[0].isFinite }), bounds[2][0] != 0 else {
      throw ShapeError("a range needs a start, an end and a step other than 0")
    }
    let (start, step) = (bounds[0][0], bounds[2][0])
    let steps = max(((bounds[1][0] - start) / step).rounded(.up), 0)
    guard let count = Int(exactly: steps), count <= largestCount else {
      throw ShapeError("a range of \(steps) numbers")
    }
    return NumberArray(shape: [count], numbers: (0..<count).map { start + Double($0) * step })
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

  /// The numbers of `first` where these are not 0, else those of `second`, with broadcasting.
  func choosing(_ first: NumberArray, _ second: NumberArray) throws(ShapeError) -> NumberArray {
    let common = try broadcastShape(shape, broadcastShape(first.shape, second.shape))
    _ = try Self.count(of: common)
    let choices = zip(first.broadcast(to: common).numbers, second.broadcast(to: common).numbers)
    let numbers = zip(broadcast(to: common).numbers, choices).map { $0 != 0 ? $1.0 : $1.1 }
    return NumberArray(shape: common, numbers: numbers)
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
