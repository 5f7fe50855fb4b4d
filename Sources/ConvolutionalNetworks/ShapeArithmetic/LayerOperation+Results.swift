extension LayerOperation {
  /// What the operation makes of tensors, by a program of one layer: what it would make of them in a network.
  ///
  /// - Throws: `ShapeError` naming the rule that the tensors break.
  package func results(of operands: [Tensor]) throws(ShapeError) -> [Tensor] {
    let shapes = try outputShapes(for: operands.map(\.shape), layout: .channelsFirst)
    let names = operands.indices.map { "operand \($0)" }
    let outputs = shapes.indices.map { "result \($0)" }
    // Feature maps would be handed out channels last; a row has one order only.
    let rows = outputs.map {
      Layer("row of \($0)", Reshape(to: [-1]), inputs: [$0], outputs: ["row of \($0)"])
    }
    do throws(VisualizationError) {
      let network = try NeuralNetwork(
        layout: .channelsFirst,
        inputs: zip(names, operands).map {
          NetworkInput($0, shape: $1.shape.map(Optional.some), channelAxis: nil)
        },
        layers: [Layer(kind, self, inputs: names, outputs: outputs)] + rows,
        outputs: rows.map(\.name))
      let program = try Program(
        network,
        inputShapes: Dictionary(uniqueKeysWithValues: zip(names, operands.map(\.shape))),
        taps: rows.map { .name($0.name) },
        options: Program.Options(differentiatedInputs: []))
      let workspace = try Workspace(program)
      for (name, operand) in zip(names, operands) { workspace.setInput(name, to: operand) }
      workspace.forward()
      return shapes.indices.map { workspace.tap($0).reshaped(to: shapes[$0]) }
    } catch {
      throw ShapeError("\(error)")
    }
  }
}
