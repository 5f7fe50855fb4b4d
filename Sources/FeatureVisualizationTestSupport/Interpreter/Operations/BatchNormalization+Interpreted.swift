import ConvolutionalNetworks

extension BatchNormalization: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    let (means, shifts) = (DoubleTensor(mean).elements, DoubleTensor(shift).elements)
    let slopes = slopes
    return [
      mapChannels(of: inputs[0], layout) { channel, x in
        (x - means[channel]) * slopes[channel] + shifts[channel]
      }
    ]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let slopes = slopes
    return [mapChannels(of: gradients[0], point.layout) { channel, g in g * slopes[channel] }]
  }

  /// `scale / √(variance + ε)`, per channel.
  private var slopes: [Double] {
    zip(DoubleTensor(scale).elements, DoubleTensor(variance).elements).map { scale, variance in
      scale / (variance + Double(epsilon)).squareRoot()
    }
  }

  private func mapChannels(
    of tensor: DoubleTensor, _ layout: TensorLayout,
    _ transform: (_ channel: Int, _ element: Double) -> Double
  ) -> DoubleTensor {
    var planes = ChannelPlanes(tensor, layout)
    let (channels, count) = (planes.channels, planes.planeCount)
    planes.forEachPlane { plane, elements in
      for i in 0..<count { elements[i] = transform(plane % channels, elements[i]) }
    }
    return planes.tensor(layout)
  }
}
