import ConvolutionalNetworks

extension GroupNormalization: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    var planes = ChannelPlanes(inputs[0], layout)
    planes.elements = groups(planes).values.elements
    let factors = scale.map { DoubleTensor($0).elements }
    let offsets = shift.map { DoubleTensor($0).elements }
    return [
      map(planes) { channel, x in x * (factors?[channel] ?? 1) + (offsets?[channel] ?? 0) }
        .tensor(layout)
    ]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let input = ChannelPlanes(point.inputs[0], point.layout)
    let factors = scale.map { DoubleTensor($0).elements }
    var result = map(ChannelPlanes(gradients[0], point.layout)) { channel, g in
      g * (factors?[channel] ?? 1)
    }
    let groups = groups(input)
    let gradient = DoubleTensor(shape: groups.values.shape, elements: result.elements)
    result.elements = groups.pullBack(gradient).elements
    return [result.tensor(point.layout)]
  }

  /// The groups as `[N · groups, elements]`: in planes they lie one after another.
  private func groups(_ planes: ChannelPlanes) -> StandardizedGroups {
    let count = planes.batch * (groups ?? planes.channels)
    let shape = [count, planes.elements.count / count]
    return StandardizedGroups(
      of: DoubleTensor(shape: shape, elements: planes.elements), axes: [1], epsilon: epsilon)
  }

  private func map(
    _ planes: ChannelPlanes, _ transform: (_ channel: Int, _ element: Double) -> Double
  ) -> ChannelPlanes {
    var result = planes
    let (channels, count) = (planes.channels, planes.planeCount)
    for i in result.elements.indices {
      result.elements[i] = transform(i / count % channels, result.elements[i])
    }
    return result
  }
}
