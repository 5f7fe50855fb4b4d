internal import ConvolutionalNetworks

extension Concatenation: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let form = graph.form(of: layer.inputs[0])
    let inputs = layer.inputs.map { graph.read($0, form) }
    let axis = graph.axis(axis, of: layer.inputs[0], form)
    graph.add("Concat", inputs, [graph.write(layer.outputs[0], form)], ["axis": .int(axis)])
  }
}

extension Split: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let form = graph.form(of: layer.inputs[0])
    var inputs = [graph.read(layer.inputs[0], form)]
    let outputs = layer.outputs.map { graph.write($0, form) }
    let axis = graph.axis(axis, of: layer.inputs[0], form)
    if let sizes {
      inputs.append(graph.initializer("\(layer.name).sizes", integers: sizes))
      graph.add("Split", inputs, outputs, ["axis": .int(axis)])
    } else {
      graph.add("Split", inputs, outputs, ["axis": .int(axis), "num_outputs": .int(parts)])
    }
  }
}

extension Slice: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    func part(_ name: String, _ value: NumberArray?) -> String {
      value.map { graph.initializer("\(layer.name).\(name)", integers: $0.numbers.map { Int($0) }) }
        ?? ""
    }
    let starts = try graph.numbers(layer) { ($0 as? Slice)?.starts }
    let ends = try graph.numbers(layer) { ($0 as? Slice)?.ends }
    let axes = try graph.numbers(layer) { ($0 as? Slice)?.axes }
    let steps = try graph.numbers(layer) { ($0 as? Slice)?.steps }
    var inputs = [graph.read(layer.inputs[0], .logical)]
    inputs += [
      part("starts", starts), part("ends", ends), part("axes", axes), part("steps", steps),
    ]
    while inputs.last?.isEmpty ?? false { inputs.removeLast() }
    graph.add("Slice", inputs, [graph.write(layer.outputs[0], .logical)])
  }
}

extension Gather: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    guard let positions = try graph.numbers(layer, { ($0 as? Gather)?.positions }) else {
      throw .unsupported(kind)
    }
    let indices = graph.initializer(
      "\(layer.name).positions", integers: positions.numbers.map { Int($0) }, shape: positions.shape
    )
    graph.add(
      "Gather", [graph.read(layer.inputs[0], .logical), indices],
      [graph.write(layer.outputs[0], .logical)], ["axis": .int(axis)])
  }
}

extension Pad: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    guard let amounts = try graph.numbers(layer, { ($0 as? Pad)?.amounts }) else {
      throw .unsupported(kind)
    }
    let value = layer.inputs[0]
    // Where the axes are named the amounts go with them into either form.
    let form = axes == nil ? .logical : graph.form(of: value)
    var inputs = [
      graph.read(value, form),
      graph.initializer("\(layer.name).amounts", integers: amounts.numbers.map { Int($0) }),
    ]
    let name: String
    switch mode {
    case .constant(let number):
      name = "constant"
      inputs.append(
        graph.initializer("\(layer.name).value", Tensor(shape: [], elements: [number])))
    case .reflect: name = "reflect"
    case .edge: name = "edge"
    case .wrap: name = "wrap"
    }
    if let axes {
      if inputs.count == 2 { inputs.append("") }
      let placed = axes.map { graph.axis($0, of: value, form) }
      inputs.append(graph.initializer("\(layer.name).axes", integers: placed))
    }
    graph.add("Pad", inputs, [graph.write(layer.outputs[0], form)], ["mode": .string(name)])
  }
}

extension Resize: ONNXExported {
  func export(_ layer: Layer, to graph: inout GraphExport) throws(ONNXExportError.Problem) {
    let value = layer.inputs[0]
    let form = axes == nil ? .logical : graph.form(of: value)
    let region = try graph.numbers(layer) { ($0 as? Resize)?.region }.map { region in
      graph.initializer("\(layer.name).region", Tensor(region))
    }
    var inputs = [graph.read(value, form), region ?? ""]
    var attributes: [(String, ONNXAttribute)] = [
      ("coordinate_transformation_mode", .string(coordinates.rawValue)),
      ("extrapolation_value", .float(extrapolation)), ("antialias", .int(antialiases ? 1 : 0)),
      ("exclude_outside", .int(excludesOutside ? 1 : 0)),
    ]
    switch extent {
    case .scales:
      guard let scales = try graph.numbers(layer, { ($0 as? Resize)?.scales }) else {
        throw .unsupported(kind)
      }
      inputs.append(graph.initializer("\(layer.name).scales", Tensor(scales)))
    case .sizes(_, let ratio):
      guard let sizes = try graph.numbers(layer, { ($0 as? Resize)?.sizes }) else {
        throw .unsupported(kind)
      }
      inputs += [
        "", graph.initializer("\(layer.name).sizes", integers: sizes.numbers.map { Int($0) }),
      ]
      attributes.append(("keep_aspect_ratio_policy", .string(ratio.rawValue)))
    }
    switch interpolation {
    case .nearest(let rounding):
      attributes += [("mode", .string("nearest")), ("nearest_mode", .string(rounding.rawValue))]
    case .linear: attributes.append(("mode", .string("linear")))
    case .cubic(let a): attributes += [("mode", .string("cubic")), ("cubic_coeff_a", .float(a))]
    }
    if let axes {
      attributes.append(("axes", .ints(axes.map { graph.axis($0, of: value, form) })))
    }
    graph.add("Resize", inputs, [graph.write(layer.outputs[0], form)], list: attributes)
  }

  fileprivate var scales: ShapeExpression? {
    if case .scales(let scales) = extent { scales } else { nil }
  }
  fileprivate var sizes: ShapeExpression? {
    if case .sizes(let sizes, _) = extent { sizes } else { nil }
  }
}
