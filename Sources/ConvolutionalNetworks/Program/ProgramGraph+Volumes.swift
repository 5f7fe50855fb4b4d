extension ProgramGraph {
  /// Takes windows over depth, height and width apart into steps by the kernels of maps: convolutions gather the windows
  /// along the depth into the channels first, pooling reduces the windows of each slice and then those along the depth.
  ///
  /// - Throws: `VisualizationError.tooMuchMemory` where a value between would take more than `memoryLimit` bytes, and
  ///   `VisualizationError.invalidShape` for a rule that gradients cannot follow in two steps.
  mutating func separateDepth(memoryLimit: Int) throws(VisualizationError) {
    var separated: [Node] = []
    for node in nodes {
      guard let (first, second) = try steps(of: node) else {
        separated.append(node)
        continue
      }
      let between = node.outputs[0] + "\nof each slice"
      add(between, like: node.outputs[0])
      let input = shapes[node.inputs[0]] ?? []
      let made = try? first.operation.outputShapes(for: [input], layout: node.layout)
      guard let shape = made?.first, let count = Int(elementsOf: shape),
        count.floatBytes <= memoryLimit
      else {
        throw .tooMuchMemory(
          needed: (made?.first.flatMap { Int(elementsOf: $0) } ?? .max).floatBytes,
          limit: memoryLimit)
      }
      shapes[between] = shape
      separated.append(
        Node(
          layer: node.layer, layout: node.layout, operation: first.operation, inputs: node.inputs,
          outputs: [between], epilogue: first.epilogue, rule: first.rule))
      separated.append(
        Node(
          layer: node.layer, layout: node.layout, operation: second.operation, inputs: [between],
          outputs: node.outputs, epilogue: second.epilogue, rule: second.rule))
    }
    nodes = separated
  }

  private typealias Step = (
    operation: any LayerOperation, epilogue: Epilogue, rule: BackpropRule
  )

  private func steps(of node: Node) throws(VisualizationError) -> (Step, Step)? {
    guard let input = node.inputs.first.flatMap({ shapes[$0] }), input.count == 5 else {
      return nil
    }
    let spatial = Array(input[node.layout.spatialAxes(rank: 5)])
    switch node.operation {
    case let convolution as Convolution:
      guard let placements = try? convolution.window.placements(for: spatial),
        !placements.areOverMaps
      else { return nil }
      let gathering = DepthGathering(depth: placements[0], groups: convolution.groups)
      return (
        (gathering, .none, .ordinary),
        (convolution.overGatheredDepth, node.epilogue, .ordinary)
      )
    case let transposed as TransposedConvolution:
      guard let placements = try? transposed.placements(for: spatial), !placements.areOverMaps
      else { return nil }
      let scattering = DepthScattering(depth: placements[0], groups: transposed.groups)
      return (
        (transposed.ofEachSlice(depth: spatial[0]), .none, .ordinary),
        (scattering, node.epilogue, .ordinary)
      )
    case let pooling as Pooling:
      guard
        let placements = try? pooling.window.placements(for: spatial, ceilMode: pooling.ceilMode),
        !placements.areOverMaps
      else { return nil }
      if case .smoothed(.contraharmonic) = node.rule {
        throw .invalidShape(
          layer: node.layer, operation: pooling.kind, inputs: [input],
          reason: """
            the gradient of a contraharmonic mean passes windows over one or two spatial axes; smooth by the average \
            instead
            """)
      }
      func step(_ window: SlidingWindow, _ epilogue: Epilogue) -> Step {
        (
          Pooling(pooling.reduction, window: window, ceilMode: pooling.ceilMode), epilogue,
          node.rule
        )
      }
      return (
        step(pooling.window.acrossSlices, .none), step(pooling.window.alongDepth, node.epilogue)
      )
    default: return nil
    }
  }
}
