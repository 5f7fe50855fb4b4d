import FeatureVisualization

/// One layer by itself, compiled for what it reads: its outputs, and how gradients pass it.
///
/// Values are in the logical axis order of the layer's network, so that nobody need know how layers lay them out in memory.
final class LayerRun {
  private let workspace: Workspace
  /// The inputs that change, by their place among all.
  private let names: [Int: String]
  private let outputShapes: [[Int]]

  /// Compiles an operation.
  ///
  /// - Parameters:
  ///   - inputs: what it reads; those that do not change are constants of it.
  ///   - changes: whether each input may change and has a gradient.
  ///   - outputShapes: the shapes of what it writes.
  ///   - memoryLimit: the bytes that it may take.
  /// - Throws: `VisualizationError` where the layer takes too much memory.
  init(
    _ operation: any LayerOperation, layout: TensorLayout, inputs: [Tensor], changes: [Bool],
    outputShapes: [[Int]], memoryLimit: Int
  ) throws(VisualizationError) {
    var layers: [Layer] = []
    var names: [Int: String] = [:]
    var shapes: [String: [Int]] = [:]
    for (index, input) in inputs.enumerated() {
      let name = "input \(index)"
      if changes[index] {
        names[index] = name
        shapes[name] = input.shape
      } else {
        layers.append(Layer(name, Constant(input), inputs: []))
      }
    }
    let outputs = outputShapes.indices.map { "output \($0)" }
    layers.append(
      Layer(
        "layer", operation, inputs: inputs.indices.map { "input \($0)" }, outputs: outputs,
        layout: layout))
    // A view of one axis is in logical order, whatever the layer's own order is.
    let views = outputs.map { "flat \($0)" }
    for (view, output) in zip(views, outputs) {
      layers.append(Layer(view, Reshape(to: [-1]), inputs: [output], layout: layout))
    }
    let network = try NeuralNetwork(
      layout: layout,
      inputs: shapes.map { NetworkInput($0.key, shape: $0.value.map { $0 }, channelAxis: nil) },
      layers: layers, outputs: views)
    workspace = try Workspace(
      try Program(
        network, inputShapes: shapes, taps: views.map { TapRequest(.name($0)) },
        options: .init(memoryLimit: memoryLimit)))
    self.names = names
    self.outputShapes = outputShapes
  }

  /// What the layer makes of its inputs; those that do not change are not looked at.
  func outputs(of inputs: [Tensor]) -> [Tensor] {
    for (index, name) in names { workspace.setInput(name, to: inputs[index]) }
    workspace.forward()
    return outputShapes.indices.map { workspace.tap($0).reshaped(to: outputShapes[$0]) }
  }

  /// The gradients of the inputs that change, for those of the outputs: `Σ_o gradients[o] · ∂output[o] / ∂input`.
  ///
  /// Each call needs one of `outputs(of:)` before it.
  ///
  /// - Parameter gradients: a gradient for each output; `nil` stands for zeros.
  func pullBack(_ gradients: [Tensor?]) -> [Tensor?] {
    workspace.clearTapGradients()
    for (index, gradient) in gradients.enumerated() {
      guard let gradient else { continue }
      workspace.withTapGradient(index) { target in
        guard !target.isEmpty else { return }
        gradient.withUnsafeBufferPointer { _ = target.update(fromContentsOf: $0) }
      }
    }
    workspace.pullback()
    let count = (names.keys.max() ?? -1) + 1
    return (0..<count).map { index in names[index].map { workspace.inputGradient($0) } }
  }
}
