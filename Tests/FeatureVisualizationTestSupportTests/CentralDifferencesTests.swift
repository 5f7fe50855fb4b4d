import FeatureVisualizationTestSupport
import Foundation
import Testing

/// Protects the judge of all gradients.
@Suite struct CentralDifferencesTests {
  private let point = DoubleTensor(shape: [3], elements: [0.3, -1.2, 200])

  /// `x₀² x₁ + sin x₁ + ln x₂`.
  private func function(_ x: DoubleTensor) -> Double {
    x.elements[0] * x.elements[0] * x.elements[1] + sin(x.elements[1]) + log(x.elements[2])
  }

  private var gradient: DoubleTensor {
    let x = point.elements
    return DoubleTensor(
      shape: [3], elements: [2 * x[0] * x[1], x[0] * x[0] + cos(x[1]), 1 / x[2]])
  }

  @Test func findsTheGradient() {
    let found = CentralDifferences().gradient(at: point, of: function)
    #expect(found.relativeL2Error(from: gradient) < 1e-10)
    for (found, expected) in zip(found.elements, gradient.elements) {
      #expect(abs(found - expected) < 1e-8 * abs(expected))
    }
  }

  @Test func findsTheDerivativeAlongADirection() {
    let direction = DoubleTensor(shape: [3], elements: [1, -2, 30])
    let found = CentralDifferences().derivative(at: point, along: direction, of: function)
    let expected = zip(gradient.elements, direction.elements).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(found - expected) < 1e-9)
  }

  /// A wrong gradient must show: here one element is 1 % too large.
  @Test func seesASmallMistake() {
    var wrong = gradient
    wrong.elements[0] *= 1.01
    let found = CentralDifferences().gradient(at: point, of: function)
    #expect(wrong.relativeL2Error(from: found) > 1e-3)
  }

  /// The default step is too small for single precision, a hundredth is not.
  @Test func largerStepsSuitSinglePrecision() {
    func rounded(_ x: DoubleTensor) -> Double { Double(Float(function(x))) }
    let found = CentralDifferences(step: 1e-2).gradient(at: point, of: rounded)
    #expect(found.relativeL2Error(from: gradient) < 1e-4)
  }

  @Test func passesErrorsOn() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      try CentralDifferences().gradient(at: point) { _ throws(Refusal) in throw Refusal() }
    }
  }
}
