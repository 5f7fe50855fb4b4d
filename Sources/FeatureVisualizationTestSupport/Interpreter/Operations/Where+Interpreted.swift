import ConvolutionalNetworks

extension Where: InterpretedOperation {
  package var presentation: Presentation { .following }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) throws(ShapeError)
    -> [DoubleTensor]
  {
    let shape = try outputShapes(for: inputs.map(\.shape), layout: layout)[0]
    let offsets = inputs.map { $0.broadcastOffsets(to: shape) }
    let elements = offsets[0].indices.map { i in
      let choice = inputs[0].elements[offsets[0][i]] != 0 ? 1 : 2
      return inputs[choice].elements[offsets[choice][i]]
    }
    return [DoubleTensor(shape: shape, elements: elements)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    var results = point.inputs.map { DoubleTensor(shape: $0.shape) }
    let offsets = point.inputs.map { $0.broadcastOffsets(to: gradients[0].shape) }
    for i in offsets[0].indices {
      let choice = point.inputs[0].elements[offsets[0][i]] != 0 ? 1 : 2
      results[choice].elements[offsets[choice][i]] += gradients[0].elements[i]
    }
    return results
  }
}
