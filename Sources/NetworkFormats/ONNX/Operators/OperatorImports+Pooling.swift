import ConvolutionalNetworks

extension OperatorImports {
  static let poolings: [String: OperatorImport] = [
    "MaxPool": maximumPooling, "AveragePool": averagePooling, "LpPool": normPooling,
    "GlobalLpPool": globalNormPooling,
    "GlobalMaxPool": { graph, node throws(ONNXError.Problem) in
      try graph.emit(node, GlobalPooling(.maximum), [try graph.feature(node, 0)])
    },
    "GlobalAveragePool": { graph, node throws(ONNXError.Problem) in
      try graph.emit(node, GlobalPooling(.average), [try graph.feature(node, 0)])
    },
  ]

  private static func maximumPooling(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let order = try node.flag("storage_order") ? MaximumPosition.Order.columnMajor : .rowMajor
    try pooling(.maximum, &graph, node)
    guard let indices = node.output(1), graph.isRead(indices) else { return }
    let position = MaximumPosition(
      window: try window(of: node), ceilMode: try node.flag("ceil_mode"), order: order)
    let map = try graph.feature(node, 0)
    let places = try graph.emitHelper(node, "places", position, [map])
    graph.placesOfMaxima[indices] = (places, map)
    try addFirstElements(&graph, node, to: places)
  }

  /// Where maxima lie among all elements of a value, from where they lie in their channel.
  private static func addFirstElements(
    _ graph: inout GraphImport, _ node: ONNXNode, to places: String
  ) throws(ONNXError.Problem) {
    let map = try graph.feature(node, 0)
    let axes = try graph.rank(node, 0)
    guard axes > 2 else { throw .unsupported("pooling of a value of \(axes) axes") }
    func product(_ extents: ImportedValue) throws(ONNXError.Problem) -> ImportedValue {
      try graph.arithmetic(Reduction(.product, axes: [0]), [extents])
    }
    let maps = try graph.extents(of: map, 0..<2)
    let area = try product(graph.extents(of: map, 2..<axes))
    let bounds = [
      ImportedValue.numbers(.integers([0])), try product(maps), .numbers(.integers([1])),
    ]
    let first = try graph.arithmetic(
      Arithmetic(.multiply), [try graph.arithmetic(NumberRange(), bounds), area])
    let shape = try graph.arithmetic(
      Concatenation(axis: 0), [maps, .numbers(.integers(Array(repeating: 1, count: axes - 2)))])
    let firstElements = try graph.defineHelper(
      node, "first elements",
      graph.arithmetic(Reshape(to: try graph.expression(shape)), [first]))
    let indices = ONNXNode(
      node, as: "Add", named: "\(node.name)/indices", inputs: [], outputs: [node.outputs[1]])
    try graph.emit(indices, Arithmetic(.add), [places, firstElements], isInteger: true)
  }

  private static func averagePooling(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try pooling(.average(countsPadding: try node.flag("count_include_pad")), &graph, node)
  }

  /// `(Σ |x|^p)^(1/p)` over all positions.
  private static func globalNormPooling(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let p = try order(of: node)
    let input = try graph.feature(node, 0)
    guard let rank = graph.assumedShape(of: input)?.count, rank > 2 else {
      throw .unsupported("global pooling of what is no feature map")
    }
    func sum(_ operator: Reduction.Operator) -> Reduction {
      Reduction(`operator`, axes: Array(2..<rank), keepsAxes: true)
    }
    switch p {
    case 1: return try graph.emit(node, sum(.l1Norm), [input])
    case 2: return try graph.emit(node, sum(.l2Norm), [input])
    default: break
    }
    func power(_ role: String, _ exponent: Float) throws(ONNXError.Problem) -> String {
      try graph.emitHelper(node, role, Constant(Tensor(shape: [], elements: [exponent])), [])
    }
    let size = try graph.emitHelper(node, "absolute", MathFunction.absolute, [input])
    let powers = try graph.emitHelper(
      node, "powers", Arithmetic(.power), [size, try power("exponent", Float(p))])
    let total = try graph.emitHelper(node, "sum", sum(.sum), [powers])
    try graph.emit(node, Arithmetic(.power), [total, try power("root", 1 / Float(p))])
  }

  private static func order(of node: ONNXNode) throws(ONNXError.Problem) -> Int {
    let p = try node.int("p", default: 2)
    guard (1...1 << 24).contains(p) else {
      throw .invalidAttribute("p", reason: "there is no norm with p = \(p)")
    }
    return p
  }

  private static func normPooling(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try pooling(.norm(p: Float(order(of: node))), &graph, node)
  }

  private static func pooling(
    _ reduction: Pooling.Reduction, _ graph: inout GraphImport, _ node: ONNXNode
  ) throws(ONNXError.Problem) {
    try graph.emit(
      node,
      Pooling(reduction, window: try window(of: node), ceilMode: try node.flag("ceil_mode")),
      [try graph.feature(node, 0)])
  }

  private static func window(of node: ONNXNode) throws(ONNXError.Problem) -> SlidingWindow {
    let kernel = try node.ints("kernel_shape") ?? []
    guard (1...3).contains(kernel.count) else {
      throw .unsupported("pooling over \(kernel.count) axes")
    }
    let attributes = try WindowAttributes(node, axes: kernel.count)
    return SlidingWindow(
      kernel: kernel, stride: attributes.stride, dilation: attributes.dilation,
      padding: attributes.padding)
  }
}
