import ConvolutionalNetworks

extension Constant: InterpretedOperation {
  package var presentation: Presentation { .logical }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    [DoubleTensor(value)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    []
  }
}
