internal import ConvolutionalNetworks

extension BatchNormalization: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let parameters = [("scale", scale), ("shift", shift), ("mean", mean), ("variance", variance)]
      .map {
        graph.initializer("\(layer.name).\($0)", $1)
      }
    graph.add(
      "BatchNormalization", [graph.read(layer.inputs[0], .map)] + parameters,
      [graph.write(layer.outputs[0], .map)], ["epsilon": .float(epsilon)])
  }
}

extension LocalResponseNormalization: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    graph.add(
      "LRN", [graph.read(layer.inputs[0], .map)], [graph.write(layer.outputs[0], .map)],
      ["size": .int(size), "alpha": .float(alpha), "beta": .float(beta), "bias": .float(bias)])
  }
}

extension GroupNormalization: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let input = graph.read(layer.inputs[0], .map)
    let channels = graph.channelCount(of: layer.inputs[0])
    let ones = Tensor(shape: [channels], repeating: 1)
    let parameters = [
      graph.initializer("\(layer.name).scale", scale ?? ones),
      graph.initializer("\(layer.name).shift", shift ?? Tensor(shape: [channels])),
    ]
    let output = graph.write(layer.outputs[0], .map)
    if let groups {
      graph.add(
        "GroupNormalization", [input] + parameters, [output],
        ["num_groups": .int(groups), "epsilon": .float(epsilon)])
    } else {
      graph.add(
        "InstanceNormalization", [input] + parameters, [output], ["epsilon": .float(epsilon)])
    }
  }
}

extension LayerNormalization: ONNXExported {
  /// ONNX normalizes the last axes alone; others are written in the operations that it stands for.
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let value = layer.inputs[0]
    let rank = graph.rank(of: value)
    let normalized = Set(axes.map { $0 < 0 ? $0 + rank : $0 })
    let input = graph.read(value, .logical)
    let output = graph.write(layer.outputs[0], .logical)
    let first = rank - normalized.count
    let tail = graph.shape(of: value).suffix(normalized.count)
    let fits = [scale, shift].allSatisfy { $0.map { $0.shape == Array(tail) } ?? true }
    if normalized == Set(first..<rank), fits {
      let scale = scale ?? Tensor(shape: Array(tail), repeating: 1)
      var inputs = [input, graph.initializer("\(layer.name).scale", scale)]
      if let shift { inputs.append(graph.initializer("\(layer.name).shift", shift)) }
      graph.add(
        "LayerNormalization", inputs, [output],
        ["axis": .int(first - rank), "epsilon": .float(epsilon)])
      return
    }
    func name(_ part: String) -> String { graph.unused("\(layer.name)/\(part)") }
    let axes = graph.initializer("\(layer.name).axes", integers: normalized.sorted())
    let (mean, centred, squares, variance) = (
      name("mean"), name("centred"), name("squares"), name("variance")
    )
    graph.add("ReduceMean", [input, axes], [mean])
    graph.add("Sub", [input, mean], [centred])
    graph.add("Mul", [centred, centred], [squares])
    graph.add("ReduceMean", [squares, axes], [variance])
    let raised = name("raised")
    let deviation = name("deviation")
    graph.add(
      "Add",
      [
        variance,
        graph.initializer("\(layer.name).epsilon", Tensor(shape: [], elements: [epsilon])),
      ],
      [raised])
    graph.add("Sqrt", [raised], [deviation])
    let last = [scale.map { ("Mul", "scale", $0) }, shift.map { ("Add", "shift", $0) }]
      .compactMap(\.self)
    var current = last.isEmpty ? output : name("normalized")
    graph.add("Div", [centred, deviation], [current])
    for (index, (operatorName, part, tensor)) in last.enumerated() {
      let next = index == last.count - 1 ? output : name("scaled")
      graph.add(
        operatorName, [current, graph.initializer("\(layer.name).\(part)", tensor)], [next])
      current = next
    }
  }
}

extension LpNormalization: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let form = graph.form(of: layer.inputs[0])
    graph.add(
      "LpNormalization", [graph.read(layer.inputs[0], form)],
      [graph.write(layer.outputs[0], form)],
      ["p": .int(norm.rawValue), "axis": .int(graph.axis(axis, of: layer.inputs[0], form))])
  }
}
