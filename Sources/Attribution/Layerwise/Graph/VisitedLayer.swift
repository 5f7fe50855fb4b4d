import FeatureVisualization

/// A layer with what it reads and writes at a picture.
struct VisitedLayer {
  let name: String
  let operation: any LayerOperation
  let layout: TensorLayout
  /// The names of the values that it reads.
  let reads: [String]
  /// The names of the values that it writes.
  let writes: [String]
  /// What it reads, in logical order.
  let inputs: [Tensor]
  /// What it writes, in logical order.
  let outputs: [Tensor]
  /// Whether each input depends on the picture.
  let changes: [Bool]
  /// Whether each input is a gate: what a sigmoid or a softmax makes, or smaller than what the layer writes.
  let gates: [Bool]
  /// Whether no layer with weights comes before it.
  let isFirst: Bool
  /// Whether what it writes is where the walk starts.
  let isStart: Bool
  let memoryLimit: Int

  /// The inputs that depend on the picture.
  var changing: [Int] { inputs.indices.filter { changes[$0] } }

  /// The layer by itself, or one with other weights that reads and writes the same.
  func run(_ operation: (any LayerOperation)? = nil) throws(VisualizationError) -> LayerRun {
    try LayerRun(
      operation ?? self.operation, layout: layout, inputs: inputs, changes: changes,
      outputShapes: outputs.map(\.shape), memoryLimit: memoryLimit)
  }

  /// What passes back by the ordinary gradient at the picture.
  func gradients(_ gradients: [Tensor?]) throws(VisualizationError) -> [Tensor?] {
    let run = try run()
    _ = run.outputs(of: inputs)
    return run.pullBack(gradients)
  }
}

/// How something passes layers on the way from an objective back to the picture.
protocol BackwardPass {
  /// What arrives at each input of a layer; `nil` at those that do not depend on the picture.
  ///
  /// - Parameter arriving: what arrives at each output; `nil` stands for zeros.
  /// - Throws: `VisualizationError` for a layer that cannot be passed.
  mutating func pass(_ arriving: [Tensor?], back layer: VisitedLayer) throws(VisualizationError)
    -> [Tensor?]
}
