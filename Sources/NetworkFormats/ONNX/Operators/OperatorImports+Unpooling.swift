import ConvolutionalNetworks

/// MaxUnpool: maxima go back to where they came from, between zeros.
extension OperatorImports {
  static let unpoolings: [String: OperatorImport] = ["MaxUnpool": unpooling]

  private static func unpooling(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let values = try graph.feature(node, 0)
    let indices = try graph.feature(node, 1)
    let spatial = try unpooledExtents(&graph, node, of: values)
    let maps = try graph.extents(of: values, 0..<2)
    let shape = try graph.arithmetic(Concatenation(axis: 0), [maps, spatial])
    guard node.hasInput(2) else {
      return try scatter(&graph, node, values, at: indices, shape: shape, as: node)
    }
    guard let given = try graph.numbers(node, 2) else { throw .missingInput(position: 2) }
    // What the file wants larger gets zeros at the end.
    let inner = ONNXNode(
      node, as: "MaxUnpool", named: "\(node.name)/unpadded", inputs: node.inputs,
      outputs: [graph.unusedName("\(node.outputs[0])/unpadded")])
    try scatter(&graph, node, values, at: indices, shape: shape, as: inner)
    let missing = try graph.arithmetic(Arithmetic(.subtract), [.numbers(given), shape])
    let before = ImportedValue.numbers(
      .integers(Array(repeating: 0, count: try graph.rank(node, 0))))
    let amounts = try graph.arithmetic(Concatenation(axis: 0), [before, missing])
    try graph.emit(
      node, Pad(.constant(0), amounts: try graph.expression(amounts)),
      [try graph.feature(inner.outputs[0])], isInteger: false)
  }

  /// `(extent − 1) · stride + kernel − padding` of each spatial axis.
  private static func unpooledExtents(
    _ graph: inout GraphImport, _ node: ONNXNode, of values: String
  ) throws(ONNXError.Problem) -> ImportedValue {
    let kernel = try node.ints("kernel_shape") ?? []
    let rank = try graph.rank(node, 0)
    guard (1...3).contains(kernel.count), rank == kernel.count + 2,
      kernel.allSatisfy({ (1...1 << 24).contains($0) })
    else {
      throw .invalidAttribute("kernel_shape", reason: "\(kernel) for a value of \(rank) axes")
    }
    let window = try WindowAttributes(node, axes: kernel.count)
    let strides = window.stride ?? kernel.map { _ in 1 }
    guard case .explicit(let before, let after) = window.padding else {
      throw .unsupportedAttribute("auto_pad", value: "\(window.padding)")
    }
    let constant = kernel.indices.map { kernel[$0] - strides[$0] - before[$0] - after[$0] }
    let steps = try graph.arithmetic(
      Arithmetic(.multiply),
      [try graph.extents(of: values, 2..<rank), .numbers(.integers(strides))])
    return try graph.arithmetic(Arithmetic(.add), [steps, .numbers(.integers(constant))])
  }

  /// Writes values into zeros of a shape: within each channel where it is known how maxima lie in it, else anywhere.
  private static func scatter(
    _ graph: inout GraphImport, _ node: ONNXNode, _ values: String, at indices: String,
    shape: ImportedValue, as output: ONNXNode
  ) throws(ONNXError.Problem) {
    let rank = try graph.rank(node, 0)
    var places: String?
    if let found = graph.placesOfMaxima[node.inputs[1]], graph.isAssumedShape(shape, of: found.map)
    {
      places = found.places
    }
    let rows = places == nil ? [] : [0, 0]
    func flat(_ role: String, _ value: String) throws(ONNXError.Problem) -> String {
      try graph.emitHelper(node, role, Reshape(to: rows + [-1]), [value])
    }
    let area = try graph.arithmetic(
      Reduction(.product, axes: [0]), [try graph.part(of: shape, rows.count..<rank)])
    let target = try graph.arithmetic(
      Concatenation(axis: 0), [try graph.part(of: shape, 0..<rows.count), area])
    let zero = try graph.emitHelper(node, "zero", Constant(Tensor(shape: [], elements: [0])), [])
    // A layer in any case: as numbers of shape arithmetic they would be too many.
    let zeros = try graph.addHelper(
      "\(node.name)/zeros", Expand(to: try graph.expression(target)), [zero])
    try graph.define(zeros, .feature(zeros, isInteger: false))
    let scattered = try graph.emitHelper(
      node, "scattered", IndexedScatter(.elements(axis: rows.count)),
      [zeros, try flat("flat indices", places ?? indices), try flat("flat values", values)])
    try graph.emit(
      output, Reshape(to: try graph.expression(shape)), [scattered], isInteger: false)
  }
}

extension GraphImport {
  /// Whether a value has a shape, for inputs of the declared size.
  fileprivate func isAssumedShape(_ shape: ImportedValue, of value: String) -> Bool {
    guard let numbers = shape.numbers, let extents = assumedShape(of: value) else { return false }
    return assumedNumbers(numbers) == extents
  }
}
