internal import ConvolutionalNetworks

extension Convolution: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let axes = weights.rank - 2
    let kernel = weights.channelsMovedForward
    var inputs = [
      graph.read(layer.inputs[0], .map), graph.initializer("\(layer.name).weight", kernel),
    ]
    if let bias { inputs.append(graph.initializer("\(layer.name).bias", bias)) }
    let output = graph.write(layer.outputs[0], .map)
    let linear = graph.outputBeforeActivation(activation, of: layer)
    graph.add(
      "Conv", inputs, [linear], window: window,
      ["group": .int(groups), "kernel_shape": .ints(Array(weights.shape[1...axes]))])
    if linear != output {
      graph.add(activation, linear, output, of: layer.outputs[0], .map, named: layer.name)
    }
  }
}

extension TransposedConvolution: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let kernel = weights.channelsMovedForward
    var inputs = [
      graph.read(layer.inputs[0], .map), graph.initializer("\(layer.name).weight", kernel),
    ]
    if let bias { inputs.append(graph.initializer("\(layer.name).bias", bias)) }
    var attributes: [(String, ONNXAttribute)] = [
      ("group", .int(groups)), ("output_padding", .ints(outputPadding)),
    ]
    if let outputExtents { attributes.append(("output_shape", .ints(outputExtents))) }
    graph.add(
      "ConvTranspose", inputs, [graph.write(layer.outputs[0], .map)], window: window, attributes)
  }
}

extension Dense: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let input = graph.read(layer.inputs[0], .logical)
    let output = graph.write(layer.outputs[0], .logical)
    let linear = graph.outputBeforeActivation(activation, of: layer)
    if graph.rank(of: layer.inputs[0]) == 2 {
      var inputs = [input, graph.initializer("\(layer.name).weight", weights)]
      if let bias { inputs.append(graph.initializer("\(layer.name).bias", bias)) }
      graph.add("Gemm", inputs, [linear], ["transB": .int(1)])
    } else {
      let matrix = graph.initializer("\(layer.name).weight", weights.transposed([1, 0]))
      let product = bias == nil ? linear : graph.unused("\(layer.name)/product")
      graph.add("MatMul", [input, matrix], [product])
      if let bias {
        graph.add("Add", [product, graph.initializer("\(layer.name).bias", bias)], [linear])
      }
    }
    if linear != output {
      graph.add(activation, linear, output, of: layer.outputs[0], .logical, named: layer.name)
    }
  }
}

extension GraphExport {
  /// Adds a node with the attributes of a window.
  mutating func add(
    _ operatorName: String, _ inputs: [String], _ outputs: [String], window: SlidingWindow,
    _ attributes: [(String, ONNXAttribute)]
  ) {
    var all = attributes
    all.append(("strides", .ints(window.stride)))
    if window.dilation.contains(where: { $0 != 1 }) {
      all.append(("dilations", .ints(window.dilation)))
    }
    switch window.padding {
    case .explicit(let before, let after): all.append(("pads", .ints(before + after)))
    case .sameUpper: all.append(("auto_pad", .string("SAME_UPPER")))
    case .sameLower: all.append(("auto_pad", .string("SAME_LOWER")))
    }
    add(operatorName, inputs, outputs, list: all)
  }

  mutating func add(
    _ operatorName: String, _ inputs: [String], _ outputs: [String], window: SlidingWindow,
    _ attributes: KeyValuePairs<String, ONNXAttribute>
  ) {
    add(operatorName, inputs, outputs, window: window, attributes.map { ($0.key, $0.value) })
  }
}
