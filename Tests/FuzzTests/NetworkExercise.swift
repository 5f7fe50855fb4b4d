import ConvolutionalNetworks

/// Compiles a network that came out of a damaged file and runs it forward and back, where it is small.
enum NetworkExercise {
  /// Beyond these a network is a large one, which is no fault of the reader.
  private static let mostElements = 1 << 22
  private static let mostMultiplications = 1 << 25

  static func run(_ network: NeuralNetwork, _ random: inout FuzzRandom) {
    var presented: [String: [Int]] = [:]
    var elements = 1
    for input in network.inputs {
      let free = random.one(of: [1, 2, 3, 5, 8, 16])
      let shape = input.presentedShape.map { $0 ?? free }
      for extent in shape {
        let (product, overflow) = elements.multipliedReportingOverflow(by: max(extent, 1))
        if overflow || product > 1 << 16 { return }
        elements = product
      }
      presented[input.name] = shape
    }
    do throws(VisualizationError) {
      guard try isSmall(network, presented) else { return }
      try step(network, presented, TapRequest(-1))
      // A neuron within, if there is a map: what it depends on is cut out of every layer before.
      let middle = LayerID.position(network.layers.count / 2)
      try step(network, presented, TapRequest(middle, positions: [.center]))
    } catch {}
  }

  private static func step(
    _ network: NeuralNetwork, _ presented: [String: [Int]], _ tap: TapRequest
  ) throws(VisualizationError) {
    let program = try Program(network, inputShapes: presented, taps: [tap])
    guard program.workspaceCount <= mostElements else { return }
    let workspace = try Workspace(program)
    for (name, shape) in presented {
      workspace.setInput(name, to: Tensor(shape: shape, repeating: 0.5))
    }
    workspace.forward()
    workspace.withTapGradient(0) { gradient in gradient.update(repeating: 1) }
    workspace.pullback()
  }

  private static func isSmall(_ network: NeuralNetwork, _ presented: [String: [Int]])
    throws(VisualizationError) -> Bool
  {
    let needed = network.ancestors(of: network.outputs)
    let (shapes, operations) = try network.inferShapes(
      try network.logicalInputShapes(presented), for: needed)
    let elements = shapes.values.reduce(0.0) { $0 + $1.reduce(1.0) { $0 * Double($1) } }
    guard elements <= Double(mostElements) else { return false }
    var multiplications = 0
    for position in needed {
      let layer = network.layers[position]
      multiplications += (operations[position] ?? layer.operation).multiplyAdds(
        inputs: layer.inputs.map { shapes[$0] ?? [] },
        outputs: layer.outputs.map { shapes[$0] ?? [] })
      if multiplications > mostMultiplications { return false }
    }
    return true
  }
}
