/// A small array of numbers that shape arithmetic works on; `Double` holds every shape exactly.
public struct NumberArray: Sendable, Equatable {
  /// The extent of each axis; empty for a scalar.
  public let shape: [Int]
  /// The numbers in row-major order.
  public let numbers: [Double]

  /// Numbers in row-major order under `shape`.
  ///
  /// - Precondition: the product of `shape` is the number of numbers.
  public init(shape: [Int], numbers: [Double]) {
    precondition(shape.reduce(1, *) == numbers.count, "\(numbers.count) numbers under \(shape)")
    self.shape = shape
    self.numbers = numbers
  }

  /// A vector of integers.
  public init(_ integers: [Int]) {
    self.init(shape: [integers.count], numbers: integers.map(Double.init))
  }

  /// The numbers as integers.
  ///
  /// - Throws: `ShapeError` where one is not an integer that fits.
  public func integers() throws(ShapeError) -> [Int] {
    var result: [Int] = []
    for number in numbers {
      guard let integer = Int(exactly: number) else {
        // Exporters write "to the end" as the largest 64-bit integer, which Double rounds up.
        guard number.isFinite, number.rounded() == number else {
          throw ShapeError("\(number) is not an integer")
        }
        result.append(number > 0 ? Int.max : Int.min)
        continue
      }
      result.append(integer)
    }
    return result
  }

  /// The elements of a tensor.
  package init(_ tensor: Tensor) {
    self.init(shape: tensor.shape, numbers: tensor.elements.map(Double.init))
  }

  /// The numbers as their type holds them.
  ///
  /// - Throws: `ShapeError` where an integer is infinite or no number, as after a division by 0.
  package func rounded(to type: ShapeExpression.NumberType) throws(ShapeError) -> NumberArray {
    switch type {
    case .float: return mapped { Double(Float($0)) }
    case .integer:
      guard numbers.allSatisfy(\.isFinite) else {
        throw ShapeError("an integer that is infinite or no number")
      }
      return mapped { $0.rounded(.towardZero) }
    }
  }
}

extension Tensor {
  /// The numbers rounded to single precision.
  package init(_ array: NumberArray) {
    self.init(shape: array.shape, elements: array.numbers.map(Float.init))
  }
}
