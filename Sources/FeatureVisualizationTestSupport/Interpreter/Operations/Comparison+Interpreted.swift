import ConvolutionalNetworks

extension Comparison: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shape = try broadcastShape(inputs[0].shape, inputs[1].shape)
    let offsets = inputs.map { $0.broadcastOffsets(to: shape) }
    let elements = zip(offsets[0], offsets[1]).map { left, right in
      holds(inputs[0].elements[left], inputs[1].elements[right]) ? 1.0 : 0
    }
    return [DoubleTensor(shape: shape, elements: elements)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    point.inputs.map { DoubleTensor(shape: $0.shape) }
  }

  private func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .and: left != 0 && right != 0
    case .or: left != 0 || right != 0
    case .exclusiveOr: (left != 0) != (right != 0)
    }
  }
}
