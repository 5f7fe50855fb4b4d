import ConvolutionalNetworks
import Foundation

extension ActivationFunction {
  /// The value and the slope of a curve at one place. At a kink the slope is that of the side on which the
  /// curve is flatter.
  typealias Point = (value: Double, slope: Double)

  /// The points of the curve at every element of `x`.
  ///
  /// - Precondition: it is no softmax.
  func points(at x: DoubleTensor) -> [Point] {
    guard case .parametricReLU(let slopes) = self else { return x.elements.map { point(at: $0) } }
    let trained = DoubleTensor(slopes)
    return zip(x.elements, trained.broadcastOffsets(to: x.shape)).map { x, offset in
      leaky(x, trained.elements[offset])
    }
  }

  private func point(at x: Double) -> Point {
    switch self {
    case .linear: (x, 1)
    case .relu: leaky(x, 0)
    case .clip(let minimum, let maximum): clipped(x, Double(minimum), Double(maximum), slope: 1)
    case .leakyReLU(let slope): leaky(x, Double(slope))
    case .elu(let alpha): exponential(x, alpha: Double(alpha), scale: 1)
    case .selu(let alpha, let scale): exponential(x, alpha: Double(alpha), scale: Double(scale))
    case .gelu(approximate: false): exactGELU(x)
    case .gelu(approximate: true): approximateGELU(x)
    case .celu(let alpha):
      x > 0 ? (x, 1) : (Double(alpha) * expm1(x / Double(alpha)), exp(x / Double(alpha)))
    case .thresholdedReLU(let threshold): x > Double(threshold) ? (x, 1) : (0, 0)
    case .swish(let alpha): selfGated(x, Double(alpha))
    case .mish: saturationGated(x)
    case .hardSwish: gated(x)
    case .hardSigmoid(let alpha, let beta):
      clipped(Double(alpha) * x + Double(beta), 0, 1, slope: Double(alpha))
    case .sigmoid: (logistic(x), logistic(x) * (1 - logistic(x)))
    case .tanh: (Foundation.tanh(x), 1 - Foundation.tanh(x) * Foundation.tanh(x))
    case .softsign: (x / (1 + abs(x)), 1 / ((1 + abs(x)) * (1 + abs(x))))
    case .softplus: (softened(x), logistic(x))
    case .parametricReLU, .softmax, .logSoftmax: preconditionFailure("no curve of one element")
    }
  }

  /// Whether the deconvnet's rule treats it as a ReLU: like `x` for large `x`, flat or nearly so for small.
  var isRectifier: Bool {
    switch self {
    case .relu, .clip, .leakyReLU, .parametricReLU, .elu, .selu, .celu, .thresholdedReLU,
      .gelu, .swish, .mish, .hardSwish, .softplus:
      true
    case .linear, .hardSigmoid, .sigmoid, .tanh, .softsign, .softmax, .logSoftmax: false
    }
  }
}

private func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

private func softened(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

private func leaky(_ x: Double, _ slope: Double) -> ActivationFunction.Point {
  x > 0 ? (x, 1) : (slope * x, slope)
}

/// `x`, whose own slope is `slope`, kept between two bounds. Bounds the wrong way round give the upper one.
private func clipped(_ x: Double, _ minimum: Double, _ maximum: Double, slope: Double)
  -> ActivationFunction.Point
{
  (min(max(x, minimum), maximum), x > minimum && x < maximum ? slope : 0)
}

private func exponential(_ x: Double, alpha: Double, scale: Double) -> ActivationFunction.Point {
  x > 0 ? (scale * x, scale) : (scale * alpha * expm1(x), scale * alpha * exp(x))
}

/// `x · Φ(x)`, whose slope is `Φ(x) + x · φ(x)`.
private func exactGELU(_ x: Double) -> ActivationFunction.Point {
  let distribution = 0.5 * erfc(-x / 2.0.squareRoot())
  let density = exp(-x * x / 2) / (2 * Double.pi).squareRoot()
  return (x * distribution, distribution + x * density)
}

/// `x / 2 · (1 + tanh u)` with `u = √(2 / π) · (x + 0.044715 x³)`.
private func approximateGELU(_ x: Double) -> ActivationFunction.Point {
  let factor = (2 / Double.pi).squareRoot()
  let saturation = tanh(factor * (x + 0.044715 * x * x * x))
  let steepness = factor * (1 + 3 * 0.044715 * x * x)
  return (
    x / 2 * (1 + saturation),
    (1 + saturation) / 2 + x / 2 * (1 - saturation * saturation) * steepness
  )
}

/// `x · σ(α x)`.
private func selfGated(_ x: Double, _ alpha: Double) -> ActivationFunction.Point {
  let gate = logistic(alpha * x)
  return (x * gate, gate + alpha * x * gate * (1 - gate))
}

/// `x · tanh(ln(1 + eˣ))`.
private func saturationGated(_ x: Double) -> ActivationFunction.Point {
  let gate = tanh(softened(x))
  return (x * gate, gate + x * (1 - gate * gate) * logistic(x))
}

/// `x · min(max(x / 6 + ½, 0), 1)`.
private func gated(_ x: Double) -> ActivationFunction.Point {
  let gate = clipped(x / 6 + 0.5, 0, 1, slope: 1 / 6)
  return (x * gate.value, gate.value + x * gate.slope)
}
