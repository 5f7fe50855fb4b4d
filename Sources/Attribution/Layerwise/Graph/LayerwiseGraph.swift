import FeatureVisualization

/// The part of a network between a picture and some values, to be walked layer by layer.
struct LayerwiseGraph {
  /// The network, with activations in layers of their own.
  let network: NeuralNetwork
  /// The input that the picture goes into.
  let input: String
  /// The values that the walk starts from.
  let starts: [String]
  /// The layers between, in order.
  private(set) var positions: [Int] = []
  /// The operations, with their shape arithmetic done.
  let operations: [Int: any LayerOperation]
  /// The logical shapes of values.
  let shapes: [String: [Int]]
  /// The values that depend on the picture.
  private(set) var changing: Set<String>
  /// The layers with weights before which there is none.
  private(set) var first: Set<Int> = []
  /// The values that a sigmoid or a softmax makes.
  private var gates: Set<String> = []

  /// - Parameters:
  ///   - network: with activations in layers of their own (`separatingActivations`).
  ///   - input: the input that the picture goes into.
  ///   - inputShapes: of all inputs, channels last.
  ///   - starts: the values that the walk starts from.
  /// - Throws: `VisualizationError` where the network cannot take such inputs.
  init(
    _ network: NeuralNetwork, input: String, inputShapes: [String: [Int]], starts: [String]
  ) throws(VisualizationError) {
    let inferred = try network.inferShapes(
      try network.logicalInputShapes(inputShapes), for: network.ancestors(of: starts))
    (self.network, self.input, self.starts) = (network, input, starts)
    (operations, shapes) = (inferred.operations, inferred.shapes)
    changing = [input]
    var weighted: Set<String> = []
    for position in Self.layers(of: network, before: starts) {
      let layer = network.layers[position]
      guard layer.inputs.contains(where: changing.contains) else { continue }
      positions.append(position)
      changing.formUnion(layer.outputs)
      if isGate(layer) { gates.formUnion(layer.outputs) }
      let isBehindWeights = layer.inputs.contains(where: weighted.contains)
      if WeightedOperation(layer.operation) != nil, !isBehindWeights { first.insert(position) }
      if isBehindWeights || first.contains(position) { weighted.formUnion(layer.outputs) }
    }
  }

  /// Whether a layer makes numbers of 0…1 that something is multiplied by, or only rearranges some.
  private func isGate(_ layer: Layer) -> Bool {
    switch layer.operation {
    case let activation as Activation:
      switch activation.function {
      case .sigmoid, .hardSigmoid, .softmax: true
      default: false
      }
    case is Identity, is Reshape, is Flatten, is Squeeze, is Unsqueeze, is Transpose, is Expand,
      is Resize:
      gates.contains(layer.inputs[0])
    default: false
    }
  }

  /// The layers whose results some values are computed from; not those of which only shapes matter.
  private static func layers(of network: NeuralNetwork, before values: [String]) -> [Int] {
    var needed: Set<Int> = []
    var pending = values.compactMap { network.producers[$0]?.layer }
    while let position = pending.popLast() {
      guard needed.insert(position).inserted else { continue }
      pending += network.layers[position].inputs.compactMap { network.producers[$0]?.layer }
    }
    return needed.sorted()
  }

  /// The values that the layers between read and write.
  var values: [String] {
    var seen: Set<String> = []
    let all = positions.flatMap { network.layers[$0].inputs + network.layers[$0].outputs } + starts
    return all.filter { seen.insert($0).inserted }
  }

  /// Walks from the starts back to the picture.
  ///
  /// - Parameters:
  ///   - arriving: what the walk starts with, by value.
  ///   - values: of all layers at the picture.
  ///   - pass: how a layer is passed.
  ///   - visit: is shown what arrived at a value, once all its readers have been passed.
  /// - Returns: what arrives at the picture; `nil` where nothing does.
  /// - Complexity: holds what arrives at values until they are passed.
  func walk(
    from arriving: [String: Tensor], at values: LayerValues, _ pass: inout some BackwardPass,
    visit: (String, Tensor) -> Void = { _, _ in }
  ) throws(VisualizationError) -> Tensor? {
    var arriving = arriving
    for position in positions.reversed() {
      let layer = network.layers[position]
      let taken = layer.outputs.map { arriving.removeValue(forKey: $0) }
      guard taken.contains(where: { $0 != nil }) else { continue }
      for (value, tensor) in zip(layer.outputs, taken) { if let tensor { visit(value, tensor) } }
      let passed = try pass.pass(taken, back: visited(position, at: values))
      for (value, tensor) in zip(layer.inputs, passed) {
        guard let tensor, changing.contains(value) else { continue }
        arriving[value] = try arriving[value]?.combined(with: tensor, +) ?? tensor
      }
    }
    if let found = arriving[input] { visit(input, found) }
    return arriving[input]
  }

  private func visited(_ position: Int, at values: LayerValues) -> VisitedLayer {
    let layer = network.layers[position]
    let outputs = layer.outputs.map { values[$0] }
    return VisitedLayer(
      name: layer.name, operation: operations[position] ?? layer.operation,
      layout: layer.layout ?? network.layout, reads: layer.inputs, writes: layer.outputs,
      inputs: layer.inputs.map { values[$0] },
      outputs: outputs, changes: layer.inputs.map(changing.contains),
      gates: layer.inputs.map { gates.contains($0) || values[$0].count < outputs[0].count },
      isFirst: first.contains(position), isStart: layer.outputs.contains(where: starts.contains),
      memoryLimit: values.memoryLimit)
  }
}
