import FeatureVisualization
import FeatureVisualizationTestSupport
import Foundation
import Testing

/// Functions of elements have the values and gradients of their formulas.
struct ElementwiseTests {
  private let a = TensorExpression.layer("a")
  private let b = TensorExpression.layer("b")
  private let shape = [2, 3, 2, 4]

  private func check(
    _ expression: TensorExpression, in range: ClosedRange<Double> = -1...1,
    sourceLocation: SourceLocation = #_sourceLocation, _ formula: (Double) -> Double
  ) throws {
    try expectSame(expression, shapes: [shape], in: range, sourceLocation: sourceLocation) {
      $0[0].elements.map(formula)
    }
  }

  private func check(
    _ expression: TensorExpression, in range: ClosedRange<Double> = -1...1,
    sourceLocation: SourceLocation = #_sourceLocation, _ formula: (Double, Double) -> Double
  ) throws {
    try expectSame(expression, shapes: [shape, shape], in: range, sourceLocation: sourceLocation) {
      zip($0[0].elements, $0[1].elements).map(formula)
    }
  }

  @Test func `sums, differences, products and quotients are those of the elements`() throws {
    try check(a + b) { $0 + $1 }
    try check(a - b) { $0 - $1 }
    try check(a * b) { $0 * $1 }
    try check(a / b, in: 0.5...2) { $0 / $1 }
    try check(-a) { -$0 }
  }

  @Test func `numbers and tensors stand on either side`() throws {
    try check(a + 3) { $0 + 3 }
    try check(3 + a) { 3 + $0 }
    try check(a - 3) { $0 - 3 }
    try check(3 - a) { 3 - $0 }
    try check(a * 3) { $0 * 3 }
    try check(3 * a) { 3 * $0 }
    try check(a / 4) { $0 / 4 }
    try check(4 / a, in: 0.5...2) { 4 / $0 }
    let two = Tensor(shape: [4], repeating: 2)
    try check(a + two) { $0 + 2 }
    try check(two + a) { 2 + $0 }
    try check(a - two) { $0 - 2 }
    try check(two - a) { 2 - $0 }
    try check(a * two) { $0 * 2 }
    try check(two * a) { 2 * $0 }
    try check(a / two) { $0 / 2 }
    try check(two / a, in: 0.5...2) { 2 / $0 }
  }

  @Test func `functions of an element are their formulas`() throws {
    try check(a.squared()) { $0 * $0 }
    try check(abs(a)) { Swift.abs($0) }
    try check(exp(a)) { Foundation.exp($0) }
    try check(log(a), in: 0.5...3) { Foundation.log($0) }
    try check(sqrt(a), in: 0.5...3) { $0.squareRoot() }
    try check(a.clamped(to: -0.4...0.7)) { Swift.min(Swift.max($0, -0.4), 0.7) }
  }

  @Test(arguments: [-1.5, 0.5, 1, 2, 3, 2.5])
  func `powers of positive numbers are theirs`(exponent: Double) throws {
    try check(pow(a, Float(exponent)), in: 0.5...2) { Foundation.pow($0, exponent) }
  }

  @Test func `whole powers of negative numbers are theirs`() throws {
    try check(pow(a, 3), in: -2...(-0.5)) { $0 * $0 * $0 }
    try check(pow(a, 2), in: -2...(-0.5)) { $0 * $0 }
  }

  @Test func `a power that is an expression has a gradient as well`() throws {
    try check(pow(a, b), in: 0.5...2) { Foundation.pow($0, $1) }
  }

  @Test func `larger and smaller elements get the gradient`() throws {
    try check(max(a, b)) { Swift.max($0, $1) }
    try check(min(a, b)) { Swift.min($0, $1) }
    try check(max(0.1, a)) { Swift.max($0, 0.1) }
    try check(max(a, 0.1)) { Swift.max($0, 0.1) }
    try check(min(0.1, a)) { Swift.min($0, 0.1) }
    try check(min(a, 0.1)) { Swift.min($0, 0.1) }
  }

  /// Protects the stretches that long tensors are cut into.
  @Test func `long tensors are computed to their end`() throws {
    let count = 20_001
    let x = SeededTensors.uniform(count)
    let found = try gradient(of: (a * a * 0.5).sum(), at: x)
    #expect(found == x.elements)
    let sum = x.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
    let value = try values(of: a.squared().sum(), at: x)
    #expect(Swift.abs(Double(value[0]) / sum - 1) < 1e-6)
  }

  @Test func `what is not a number is not hidden`() throws {
    let x = Tensor(shape: [1, 1], repeating: -1)
    for expression in [
      log(a), sqrt(a), pow(a, 0.5), max(log(a), 1), max(1, log(a)), min(log(a), 1),
      min(1, log(a)), log(a).clamped(to: 0...1), log(a).softmax(), abs(log(a)),
    ] {
      #expect(try values(of: expression.sum(), at: x)[0].isNaN)
    }
    let zero = Tensor(shape: [1, 1], repeating: 0)
    #expect(try values(of: (1 / a).sum(), at: zero) == [.infinity])
    #expect(try values(of: log(a).sum(), at: zero) == [-.infinity])
    #expect(try values(of: (a / a).sum(), at: zero)[0].isNaN)
    let mixed = Tensor(shape: [1, 3], elements: [1, .nan, 2])
    #expect(try values(of: a.maximum(), at: mixed)[0].isNaN)
    #expect(try values(of: a.minimum(), at: mixed)[0].isNaN)
    #expect(try values(of: a.sum(), at: mixed)[0].isNaN)
    // A number that does not count is not read.
    #expect(try values(of: a.unit(2), at: mixed) == [2])
  }

  @Test func `kinks leave no gradient, or that of the left`() throws {
    let zero = Tensor(shape: [1, 2], repeating: 0)
    #expect(try gradient(of: abs(a).sum(), at: zero) == [0, 0])
    #expect(try gradient(of: a.norm(), at: zero) == [0, 0])
    #expect(try gradient(of: max(a, 0).sum(), at: zero) == [1, 1])
    #expect(try gradient(of: max(0, a).sum(), at: zero) == [0, 0])
    #expect(try gradient(of: a.maximum(), at: zero) == [1, 0])
    #expect(try gradient(of: pow(a, 0).sum(), at: zero) == [0, 0])
  }
}

extension SeededTensors {
  fileprivate static func uniform(_ count: Int) -> Tensor {
    var random = SeededTensors(seed: 8)
    return Tensor(random.uniform([1, count]))
  }
}
