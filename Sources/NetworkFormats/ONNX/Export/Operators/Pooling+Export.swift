internal import ConvolutionalNetworks

extension Pooling: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    var attributes: [(String, ONNXAttribute)] = [
      ("kernel_shape", .ints(window.kernel)), ("ceil_mode", .int(ceilMode ? 1 : 0)),
    ]
    let name: String
    switch reduction {
    case .maximum: name = "MaxPool"
    case .average(let countsPadding):
      name = "AveragePool"
      attributes.append(("count_include_pad", .int(countsPadding ? 1 : 0)))
    case .norm(let p):
      guard let power = Int(exactly: p) else { throw .unsupported("pooling by a norm of p = \(p)") }
      name = "LpPool"
      attributes.append(("p", .int(power)))
    }
    graph.add(
      name, [graph.read(layer.inputs[0], .map)], [graph.write(layer.outputs[0], .map)],
      window: window, attributes)
  }
}

extension GlobalPooling: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    graph.add(
      reduction == .maximum ? "GlobalMaxPool" : "GlobalAveragePool",
      [graph.read(layer.inputs[0], .map)], [graph.write(layer.outputs[0], .map)])
  }
}

extension Reduction: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    // Without the reduced axes what is left has the network's own order.
    let form = keepsAxes ? graph.form(of: layer.inputs[0]) : .logical
    let input = graph.read(layer.inputs[0], form)
    var inputs = [input]
    if let axes {
      let placed = axes.map { graph.axis($0, of: layer.inputs[0], form) }
      inputs.append(graph.initializer("\(layer.name).axes", integers: placed))
    }
    graph.add(
      Self.names[`operator`] ?? "", inputs, [graph.write(layer.outputs[0], form)],
      ["keepdims": .int(keepsAxes ? 1 : 0)])
  }

  private static let names: [Operator: String] = [
    .sum: "ReduceSum", .mean: "ReduceMean", .sumOfSquares: "ReduceSumSquare", .l1Norm: "ReduceL1",
    .l2Norm: "ReduceL2", .maximum: "ReduceMax", .minimum: "ReduceMin", .product: "ReduceProd",
    .logSum: "ReduceLogSum",
    .logSumExp: "ReduceLogSumExp",
  ]
}
