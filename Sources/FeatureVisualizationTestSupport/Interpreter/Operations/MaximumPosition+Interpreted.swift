import ConvolutionalNetworks

extension MaximumPosition: InterpretedOperation {
  package var presentation: Presentation { .featureMap }

  package func evaluate(_ inputs: [DoubleTensor], layout: TensorLayout) -> [DoubleTensor] {
    let input = ChannelPlanes(inputs[0], layout)
    let windows = PoolingWindows(window, ceilMode: ceilMode, over: input.spatial)
    var output = ChannelPlanes(like: input, spatial: windows.outputSpatial)
    let planeCount = input.planeCount
    output.forEachPlane { plane, results in
      let x = input.elements[plane * planeCount..<(plane + 1) * planeCount]
      for (window, (cells, _)) in windows.all.enumerated() {
        var best = cells.first ?? 0
        for cell in cells where x[x.startIndex + cell] > x[x.startIndex + best] { best = cell }
        results[window] = Double(order == .rowMajor ? best : turned(best, input.spatial))
      }
    }
    return [output.tensor(layout)]
  }

  package func pullBack(_ gradients: [DoubleTensor], at point: OperationPoint) -> [DoubleTensor] {
    [DoubleTensor(shape: point.inputs[0].shape)]
  }

  /// The place of a cell counted along the first axis first.
  private func turned(_ cell: Int, _ spatial: [Int]) -> Int {
    var coordinates: [Int] = []
    var rest = cell
    for extent in spatial.reversed() {
      coordinates.insert(rest % extent, at: 0)
      rest /= extent
    }
    return zip(coordinates, spatial).reversed().reduce(0) { $0 * $1.1 + $1.0 }
  }
}
