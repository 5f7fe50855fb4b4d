internal import ConvolutionalNetworks

extension Constant: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let numbers = graph.initializer("\(layer.name).value", value)
    graph.add("Identity", [numbers], [graph.write(layer.outputs[0], .logical)])
  }
}

extension ShapeConstant: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    guard let array = try graph.numbers(layer, { ($0 as? ShapeConstant)?.numbers }) else {
      throw .unsupported(kind)
    }
    let numbers = graph.initializer("\(layer.name).value", Tensor(array))
    graph.add("Identity", [numbers], [graph.write(layer.outputs[0], .logical)])
  }
}

extension Reshape: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let shape = graph.initializer("\(layer.name).shape", integers: try graph.reshaping(layer))
    graph.add(
      "Reshape", [graph.read(layer.inputs[0], .logical), shape],
      [graph.write(layer.outputs[0], .logical)], ["allowzero": .int(allowsZero ? 1 : 0)])
  }
}

extension Flatten: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    graph.add(
      "Flatten", [graph.read(layer.inputs[0], .logical)],
      [graph.write(layer.outputs[0], .logical)], ["axis": .int(axis)])
  }
}

extension Transpose: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let order = permutation ?? Array((0..<graph.rank(of: layer.inputs[0])).reversed())
    graph.add(
      "Transpose", [graph.read(layer.inputs[0], .logical)],
      [graph.write(layer.outputs[0], .logical)], ["perm": .ints(order)])
  }
}

extension Squeeze: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    var inputs = [graph.read(layer.inputs[0], .logical)]
    if let axes { inputs.append(graph.initializer("\(layer.name).axes", integers: axes)) }
    graph.add("Squeeze", inputs, [graph.write(layer.outputs[0], .logical)])
  }
}

extension Unsqueeze: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let axes = graph.initializer("\(layer.name).axes", integers: axes)
    graph.add(
      "Unsqueeze", [graph.read(layer.inputs[0], .logical), axes],
      [graph.write(layer.outputs[0], .logical)])
  }
}

extension Expand: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    guard let shape = try graph.numbers(layer, { ($0 as? Expand)?.shape }) else {
      throw .unsupported(kind)
    }
    let extents = graph.initializer("\(layer.name).shape", integers: shape.numbers.map { Int($0) })
    graph.add(
      "Expand", [graph.read(layer.inputs[0], .logical), extents],
      [graph.write(layer.outputs[0], .logical)])
  }
}

extension Tile: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    guard let repeats = try graph.numbers(layer, { ($0 as? Tile)?.repeats }) else {
      throw .unsupported(kind)
    }
    let counts = graph.initializer(
      "\(layer.name).repeats", integers: repeats.numbers.map { Int($0) })
    graph.add(
      "Tile", [graph.read(layer.inputs[0], .logical), counts],
      [graph.write(layer.outputs[0], .logical)])
  }
}

extension DepthToSpace: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    graph.add(
      "DepthToSpace", [graph.read(layer.inputs[0], .map)], [graph.write(layer.outputs[0], .map)],
      [
        "blocksize": .int(blockSize),
        "mode": .string(order == .depthColumnRow ? "DCR" : "CRD"),
      ])
  }
}

extension SpaceToDepth: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    graph.add(
      "SpaceToDepth", [graph.read(layer.inputs[0], .map)], [graph.write(layer.outputs[0], .map)],
      ["blocksize": .int(blockSize)])
  }
}
