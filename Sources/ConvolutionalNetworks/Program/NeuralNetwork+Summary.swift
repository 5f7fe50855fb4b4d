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
  /// - Throws: `NetworkError` naming the layer whose rule the shapes break.
  public func summary(inputShapes: [String: [Int]]) throws(NetworkError) -> [LayerSummary] {
    let logical = try logicalInputShapes(inputShapes)
    let needed = ancestors(of: outputs)
    let (shapes, operations) = try inferShapes(logical, for: needed)
    let program = try Program(
      self, inputShapes: inputShapes, taps: needed.map { .position($0) },
      options: .init(differentiatedInputs: [], arithmetic: .plain))
    var result: [LayerSummary] = []
    for (tap, position) in zip(program.taps, needed) {
      let layer = layers[position]
      let operation = operations[position] ?? layer.operation
      result.append(
        LayerSummary(
          name: layer.name, operation: operation.kind, outputShape: tap.shape,
          parameterCount: operation.parameterCount,
          multiplyAdds: operation.multiplyAdds(
            inputs: layer.inputs.map { shapes[$0] ?? [] },
            outputs: layer.outputs.map { shapes[$0] ?? [] })))
    }
    return result
  }
}
