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
      return [DoubleTensor(shape: input.shape, elements: elements)]
    }
  }
}
