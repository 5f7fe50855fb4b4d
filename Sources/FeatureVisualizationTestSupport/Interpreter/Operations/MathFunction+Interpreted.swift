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
    }
  }
}
