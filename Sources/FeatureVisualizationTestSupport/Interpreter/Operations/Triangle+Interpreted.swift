import ConvolutionalNetworks

extension Triangle: InterpretedOperation {
  package var presentation: Presentation { .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    [kept(of: inputs[0])]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    [kept(of: gradients[0])]
  }

  private func kept(of x: DoubleTensor) -> DoubleTensor {
    let (height, width) = (x.shape[x.rank - 2], x.shape[x.rank - 1])
    let elements = x.elements.enumerated().map { offset, element in
      let distance = offset % width - offset / width % height
      let isKept = part == .upper ? distance >= diagonal : distance <= diagonal
      return isKept ? element : 0
    }
    return DoubleTensor(shape: x.shape, elements: elements)
  }
}
