import FeatureVisualization

/// What all layers of a graph write at a picture, in logical order.
struct LayerValues {
  private let tensors: [String: Tensor]
  /// The bytes that a layer's run may take beside them.
  let memoryLimit: Int

  /// Computes the values of a graph.
  ///
  /// - Parameters:
  ///   - inputs: of the network, channels last, as it takes them.
  ///   - wanted: the values to compute; all that the graph's layers read and write unless given.
  ///   - memoryLimit: the bytes that values and runs may take.
  /// - Throws: `VisualizationError.tooMuchMemory` where the values do not fit.
  init(
    of graph: LayerwiseGraph, inputs: [String: Tensor], wanted: [String]? = nil, memoryLimit: Int
  ) throws(VisualizationError) {
    let values = wanted ?? graph.values
    let kept = values.reduce(0) { $0 + (graph.shapes[$1] ?? []).reduce(1, *) }
      .multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !kept.overflow, kept.partialValue < memoryLimit else {
      throw .tooMuchMemory(
        needed: kept.overflow ? .max : kept.partialValue, limit: memoryLimit)
    }
    let network = graph.network
    // Views of one axis are in logical order, wherever the value lies.
    let views = values.map { value in
      Layer(
        "\(value)\nin logical order", Reshape(to: [-1]), inputs: [value],
        layout: network.producers[value].flatMap { network.layers[$0.layer].layout })
    }
    let viewed = try NeuralNetwork(
      layout: network.layout, inputs: network.inputs, layers: network.layers + views,
      outputs: views.map(\.name))
    let workspace = try Workspace(
      try Program(
        viewed, inputShapes: inputs.mapValues(\.shape),
        taps: views.map { TapRequest(.name($0.name)) },
        options: .init(
          differentiatedInputs: [], memoryLimit: memoryLimit - kept.partialValue)))
    for (name, tensor) in inputs where workspace.program.inputShapes[name] != nil {
      workspace.setInput(name, to: tensor)
    }
    workspace.forward()
    var tensors: [String: Tensor] = [:]
    for (index, value) in values.enumerated() {
      tensors[value] = workspace.tap(index).reshaped(to: graph.shapes[value] ?? [])
    }
    self.tensors = tensors
    self.memoryLimit = memoryLimit - kept.partialValue
  }

  /// - Precondition: the value was asked for.
  subscript(value: String) -> Tensor {
    guard let tensor = tensors[value] else { preconditionFailure("no value '\(value)'") }
    return tensor
  }
}
