/// What one layer of a network is and costs, for inputs of known shapes.
public struct LayerSummary: Sendable, Equatable {
  /// The layer's name.
  public let name: String
  /// The operation's name, such as `Convolution`.
  public let operation: String
  /// The shape of the first output as it is handed out, feature maps as `[N, H, W, C]`; `nil` of a layer that cannot be
  /// computed.
  public let outputShape: [Int]?
  /// Why the layer cannot be computed; `nil` where it can.
  public let fault: String?
  /// The number of trained numbers.
  public let parameterCount: Int
  /// Multiplications fused with additions of one forward pass.
  public let multiplyAdds: Int
}

extension NeuralNetwork {
  /// The layers that the outputs depend on, in order, for inputs of these shapes (channels last).
  ///
  /// - Throws: `VisualizationError` naming the layer whose rule the shapes break.
  public func summary(inputShapes: [String: [Int]]) throws(VisualizationError) -> [LayerSummary] {
    let logical = try logicalInputShapes(inputShapes)
    let faults = unsupportedLayers()
    let all = ancestors(of: outputs)
    let needed = all.filter { faults[$0] == nil }
    let (shapes, operations) = try inferShapes(logical, for: needed)
    let values = needed.map { layers[$0].outputs[0] }
    // How values lie is all that is asked for: no kernels, and no memory.
    var compiler = ProgramCompiler(
      try ProgramGraph(self, inputShapes: logical, tapped: values), options: .init())
    for input in inputs {
      guard let shape = logical[input.name] else { continue }
      compiler.addInput(input, shape: shape, needsGradient: false)
    }
    try compiler.placeValues()
    var result: [LayerSummary] = []
    // So that their sum can be computed too, whatever a file describes.
    var left = Int.max
    for position in all {
      let layer = layers[position]
      let operation = operations[position] ?? layer.operation
      if let fault = faults[position] {
        result.append(
          LayerSummary(
            name: layer.name, operation: operation.kind, outputShape: nil, fault: fault,
            parameterCount: operation.parameterCount, multiplyAdds: 0))
        continue
      }
      guard let buffer = compiler.placed[layer.outputs[0]] else {
        throw .missingInput(name: layer.outputs[0])
      }
      let multiplyAdds = min(
        left,
        operation.multiplyAdds(
          inputs: layer.inputs.map { shapes[$0] ?? [] },
          outputs: layer.outputs.map { shapes[$0] ?? [] }))
      left -= multiplyAdds
      result.append(
        LayerSummary(
          name: layer.name, operation: operation.kind,
          outputShape: compiler.buffers[buffer].shape, fault: nil,
          parameterCount: operation.parameterCount, multiplyAdds: multiplyAdds))
    }
    return result
  }

  /// The layers that cannot be computed, by position, each with the reason: they are not supported, or read what such a
  /// layer writes.
  package func unsupportedLayers() -> [Int: String] {
    var faults: [Int: String] = [:]
    for (position, layer) in layers.enumerated() {
      if let operation = layer.operation as? UnsupportedOperation {
        faults[position] = operation.reason
        continue
      }
      let read = layer.inputs + layer.operation.valuesWhoseShapesMatter
      let writers = read.lazy.compactMap { self.producers[$0]?.layer }
      if let writer = writers.first(where: { faults[$0] != nil }) {
        faults[position] = "it depends on '\(layers[writer].name)'"
      }
    }
    return faults
  }
}
