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
    graph.addStandardization(
      layer, input, output, axes: normalized, epsilon: epsilon, subtractsMean: true,
      parameters: [scale.map { ("Mul", "scale", $0) }, shift.map { ("Add", "shift", $0) }])
  }
}

extension RMSNormalization: ONNXExported {
  /// In the operations that it stands for: only set 23 has an operator.
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let rank = graph.rank(of: layer.inputs[0])
    graph.addStandardization(
      layer, graph.read(layer.inputs[0], .logical), graph.write(layer.outputs[0], .logical),
      axes: Set(axes.map { $0 < 0 ? $0 + rank : $0 }), epsilon: epsilon, subtractsMean: false,
      parameters: [scale.map { ("Mul", "scale", $0) }])
  }
}

extension GraphExport {
  /// `(x − mean) / √(variance + ε)` over some axes, or without the mean, and what is done with it.
  fileprivate mutating func addStandardization(
    _ layer: Layer, _ input: String, _ output: String, axes: Set<Int>, epsilon: Float,
    subtractsMean: Bool, parameters: [(operatorName: String, name: String, value: Tensor)?]
  ) {
    func name(_ part: String) -> String { unused("\(layer.name)/\(part)") }
    let axes = initializer("\(layer.name).axes", integers: axes.sorted())
    var centred = input
    if subtractsMean {
      let mean = name("mean")
      centred = name("centred")
      add("ReduceMean", [input, axes], [mean])
      add("Sub", [input, mean], [centred])
    }
    let (squares, variance) = (name("squares"), name("variance"))
    add("Mul", [centred, centred], [squares])
    add("ReduceMean", [squares, axes], [variance])
    let (raised, deviation) = (name("raised"), name("deviation"))
    let summand = initializer("\(layer.name).epsilon", Tensor(shape: [], elements: [epsilon]))
    add("Add", [variance, summand], [raised])
    add("Sqrt", [raised], [deviation])
    let last = parameters.compactMap(\.self)
    var current = last.isEmpty ? output : name("normalized")
    add("Div", [centred, deviation], [current])
    for (index, parameter) in last.enumerated() {
      let next = index == last.count - 1 ? output : name("scaled")
      let operand = initializer("\(layer.name).\(parameter.name)", parameter.value)
      add(parameter.operatorName, [current, operand], [next])
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
