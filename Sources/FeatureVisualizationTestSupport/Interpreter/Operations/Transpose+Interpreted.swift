import ConvolutionalNetworks

extension Transpose: InterpretedOperation {
  /// Pictures and positions with their channels last become feature maps, which are handed out just so.
  package var presentation: Presentation {
    permutation == [0, 3, 1, 2] ? .featureMapOfOther : .logical
  }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    [inputs[0].transposed(axes(of: inputs[0]))]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let axes = axes(of: point.inputs[0])
    let inverse = axes.indices.sorted { axes[$0] < axes[$1] }
    return [gradients[0].transposed(inverse)]
  }

  private func axes(of tensor: DoubleTensor) -> [Int] {
    permutation ?? Array((0..<tensor.rank).reversed())
  }
}
