import ConvolutionalNetworks
import Foundation

extension MathFunction: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    [DoubleTensor(shape: inputs[0].shape, elements: inputs[0].elements.map { point(at: $0).value })]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let elements = zip(gradients[0].elements, point.inputs[0].elements).map { gradient, x in
      gradient * self.point(at: x).slope
    }
    return [DoubleTensor(shape: gradients[0].shape, elements: elements)]
  }

  private func point(at x: Double) -> ActivationFunction.Point {
    switch self {
    case .absolute: (abs(x), x == 0 ? 0 : x / abs(x))
    case .exponential: (exp(x), exp(x))
    case .logarithm: (log(x), 1 / x)
    case .squareRoot: (x.squareRoot(), 1 / (2 * x.squareRoot()))
    case .reciprocal: (1 / x, -1 / (x * x))
    case .errorFunction: (erf(x), 2 / Double.pi.squareRoot() * exp(-x * x))
    case .sine: (sin(x), cos(x))
    case .cosine: (cos(x), -sin(x))
    case .tangent: (tan(x), 1 / (cos(x) * cos(x)))
    case .arcsine: (asin(x), 1 / (1 - x * x).squareRoot())
    case .arccosine: (acos(x), -1 / (1 - x * x).squareRoot())
    case .arctangent: (atan(x), 1 / (1 + x * x))
    case .hyperbolicSine: (sinh(x), cosh(x))
    case .hyperbolicCosine: (cosh(x), sinh(x))
    case .hyperbolicArcsine: (asinh(x), 1 / (x * x + 1).squareRoot())
    case .hyperbolicArccosine: (acosh(x), 1 / (x * x - 1).squareRoot())
    case .hyperbolicArctangent: (atanh(x), 1 / (1 - x * x))
    case .floor: (x.rounded(.down), 0)
    case .ceiling: (x.rounded(.up), 0)
    case .round: (x.rounded(.toNearestOrEven), 0)
    case .truncate: (x.rounded(.towardZero), 0)
    case .sign: (x > 0 ? 1 : x < 0 ? -1 : x, 0)
    }
  }
}
