import ConvolutionalNetworks

extension Activation: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let input = inputs[0]
    switch function {
    case .softmax(let axis):
      return [try Softmax(of: input, axis: axis).probabilities]
    case .logSoftmax(let axis):
      return [try Softmax(of: input, axis: axis).logarithms]
    default:
      let points = function.points(at: input)
      return [DoubleTensor(shape: input.shape, elements: points.map(\.value))]
    }
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) throws(ShapeError)
    -> [DoubleTensor]
  {
    let (input, gradient) = (point.inputs[0], gradients[0])
    switch function {
    case .linear:
      return [gradient]
    case .softmax(let axis):
      return [try Softmax(of: input, axis: axis).pullBack(gradient)]
    case .logSoftmax(let axis):
      return [try Softmax(of: input, axis: axis).pullBackLogarithms(gradient)]
    default:
      let isRectifier = function.isRectifier
      let elements = zip(gradient.elements, function.points(at: input)).map { gradient, position in
        point.rule.pullBack(
          gradient, value: position.value, slope: position.slope, isRectifier: isRectifier)
      }
      let ordinary = DoubleTensor(shape: input.shape, elements: elements)
      return [point.rule == .redirected ? redirected(ordinary, gradient, input) : ordinary]
    }
  }

  /// The redirected gradient of the pictures of which the ordinary one is zero.
  private func redirected(
    _ ordinary: DoubleTensor, _ gradient: DoubleTensor, _ input: DoubleTensor
  ) -> DoubleTensor {
    let range: (low: Double, high: Double)
    switch function {
    case .relu: range = (0, .infinity)
    case .clip(let low, let high): range = (Double(low), Double(high))
    default: return ordinary
    }
    var result = ordinary
    let width = input.elements.count / max(input.shape.first ?? 1, 1)
    for first in stride(from: 0, to: input.elements.count, by: max(width, 1)) {
      let picture = first..<first + width
      guard ordinary.elements[picture].allSatisfy({ $0 == 0 }) else { continue }
      for i in picture {
        let (x, g) = (input.elements[i], gradient.elements[i])
        result.elements[i] = x <= range.low ? max(g, 0) : x >= range.high ? min(g, 0) : g
      }
    }
    return result
  }
}
