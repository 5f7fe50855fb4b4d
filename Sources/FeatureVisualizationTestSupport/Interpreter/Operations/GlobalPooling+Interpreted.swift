import ConvolutionalNetworks

extension GlobalPooling: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    let input = ChannelPlanes(inputs[0], layout)
    var output = ChannelPlanes(like: input, spatial: input.spatial.map { _ in 1 })
    let count = input.planeCount
    output.forEachPlane { plane, result in
      let map = input.elements[(plane * count)..<((plane + 1) * count)]
      switch reduction {
      case .maximum: result.pointee = map.reduce(-.infinity, max)
      case .average: result.pointee = map.reduce(0, +) / Double(count)
      }
    }
    return [output.tensor(layout)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    let input = ChannelPlanes(point.inputs[0], point.layout)
    let gradient = ChannelPlanes(gradients[0], point.layout)
    var result = ChannelPlanes(like: input)
    let count = input.planeCount
    result.forEachPlane { plane, sums in
      let share = gradient.elements[plane]
      switch reduction {
      case .maximum:
        let map = Array(input.elements[(plane * count)..<((plane + 1) * count)])
        for (i, slope) in point.rule.slopesOfMaximum(of: map).enumerated() {
          sums[i] = share * slope
        }
      case .average:
        for i in 0..<count { sums[i] = share / Double(count) }
      }
    }
    return [result.tensor(point.layout)]
  }
}
