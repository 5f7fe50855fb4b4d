/// What one layer of a network is and costs, for inputs of known shapes.
public struct LayerSummary: Sendable, Equatable {
  /// The layer's name.
  public let name: String
  /// The operation's name, such as `Convolution`.
  public let operation: String
  /// The shape of the first output as it is handed out, feature maps as `[N, H, W, C]`.
  public let outputShape: [Int]
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
    let needed = ancestors(of: outputs)
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
    for (value, position) in zip(values, needed) {
      let layer = layers[position]
      let operation = operations[position] ?? layer.operation
      guard let buffer = compiler.placed[value] else { throw .missingInput(name: value) }
      let multiplyAdds = min(
        left,
        operation.multiplyAdds(
          inputs: layer.inputs.map { shapes[$0] ?? [] },
          outputs: layer.outputs.map { shapes[$0] ?? [] }))
      left -= multiplyAdds
      result.append(
        LayerSummary(
          name: layer.name, operation: operation.kind,
          outputShape: compiler.buffers[buffer].shape,
          parameterCount: operation.parameterCount,
          multiplyAdds: multiplyAdds))
    }
    return result
  }
}
