internal import ConvolutionalNetworks

extension Arithmetic: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    guard let name = Self.names[`operator`] else { throw .unsupported("\(kind) of floats") }
    graph.addElementwise(name, layer, `operator` == .remainder ? ["fmod": .int(1)] : [:])
  }

  private static let names: [Operator: String] = [
    .add: "Add", .subtract: "Sub", .multiply: "Mul", .divide: "Div", .maximum: "Max",
    .minimum: "Min", .power: "Pow", .remainder: "Mod",
  ]
}

extension MathFunction: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    guard self != .truncate else { throw .unsupported("a number without its fraction") }
    let form = graph.form(of: layer.inputs[0])
    // Their kinds are ONNX's names.
    graph.add(kind, [graph.read(layer.inputs[0], form)], [graph.write(layer.outputs[0], form)])
  }
}

extension MatrixMultiplication: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    graph.add(
      "MatMul", layer.inputs.map { graph.read($0, .logical) },
      [graph.write(layer.outputs[0], .logical)])
  }
}

extension GraphExport {
  /// Adds an operation that broadcasts its inputs: in the map form where all have as many axes as the result,
  /// or are constants, and at least one is there in it.
  mutating func addElementwise(
    _ operatorName: String, _ layer: Layer, _ attributes: KeyValuePairs<String, ONNXAttribute> = [:]
  ) {
    let output = layer.outputs[0]
    let rank = rank(of: output)
    let isMap =
      layer.inputs.contains { self.form(of: $0) == .map }
      && layer.inputs.allSatisfy { self.rank(of: $0) == rank || constant($0) != nil }
    let form: Form = isMap ? .map : .logical
    let inputs = layer.inputs.map { input in
      if form == .map, let tensor = constant(input), self.rank(of: input) != rank {
        return initializer("\(layer.name).\(input)", broadcast(tensor, against: output, .map))
      }
      return read(input, form)
    }
    add(operatorName, inputs, [write(output, form)], attributes)
  }

  /// The numbers of a value that no input changes.
  private func constant(_ value: String) -> Tensor? {
    guard let producer = network.producers[value] else { return nil }
    return (network.layers[producer.layer].operation as? Constant)?.value
  }
}
