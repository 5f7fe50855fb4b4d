import ConvolutionalNetworks

extension DepthToSpace: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    let deep = ChannelPlanes(inputs[0], layout)
    var wide = ChannelPlanes(
      batch: deep.batch, channels: deep.channels / (blockSize * blockSize),
      spatial: deep.spatial.map { $0 * blockSize })
    let sources = sources(ofDeep: deep, wide: wide)
    for (place, source) in sources.enumerated() { wide.elements[place] = deep.elements[source] }
    return [wide.tensor(layout)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let wide = ChannelPlanes(gradients[0], point.layout)
    var deep = ChannelPlanes(like: ChannelPlanes(point.inputs[0], point.layout))
    let sources = sources(ofDeep: deep, wide: wide)
    for (place, source) in sources.enumerated() { deep.elements[source] = wide.elements[place] }
    return [deep.tensor(point.layout)]
  }

  /// For each element of the wide map its offset in the deep one.
  private func sources(ofDeep deep: ChannelPlanes, wide: ChannelPlanes) -> [Int] {
    let (height, width) = (wide.spatial[0], wide.spatial[1])
    return (0..<wide.elements.count).map { offset in
      let (x, y) = (offset % width, offset / width % height)
      let channel = offset / (width * height) % wide.channels
      let image = offset / (width * height * wide.channels)
      let cell = y % blockSize * blockSize + x % blockSize
      let source =
        switch order {
        case .depthColumnRow: cell * wide.channels + channel
        case .columnRowDepth: channel * blockSize * blockSize + cell
        }
      let plane = (image * deep.channels + source) * deep.planeCount
      return plane + y / blockSize * deep.spatial[1] + x / blockSize
    }
  }
}

/// The inverse of `DepthToSpace`, and so each is the other's pullback.
extension SpaceToDepth: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    let wide = ChannelPlanes(inputs[0], layout)
    let deep = ChannelPlanes(
      batch: wide.batch, channels: wide.channels * blockSize * blockSize,
      spatial: wide.spatial.map { $0 / blockSize })
    return inverse.pullBack(
      inputs,
      at: OperationPoint(
        inputs: [deep.tensor(layout)], outputs: inputs, layout: layout, rule: .plain))
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    inverse.evaluate(gradients, layout: point.layout)
  }

  private var inverse: DepthToSpace { DepthToSpace(blockSize: blockSize) }
}
