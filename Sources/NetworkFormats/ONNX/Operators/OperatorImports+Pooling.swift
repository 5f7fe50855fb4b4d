import ConvolutionalNetworks

extension OperatorImports {
  static let poolings: [String: OperatorImport] = [
    "MaxPool": maximumPooling, "AveragePool": averagePooling, "LpPool": normPooling,
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
    // The order in which the second output, which is not computed, counts positions.
    _ = try node.int("storage_order")
    try pooling(.maximum, &graph, node)
  }

  private static func averagePooling(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try pooling(.average(countsPadding: try node.flag("count_include_pad")), &graph, node)
  }

  private static func normPooling(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let p = try node.int("p", default: 2)
    guard (1...1 << 24).contains(p) else {
      throw .invalidAttribute("p", reason: "there is no norm with p = \(p)")
    }
    try pooling(.norm(p: Float(p)), &graph, node)
  }

  private static func pooling(
    _ reduction: Pooling.Reduction, _ graph: inout GraphImport, _ node: ONNXNode
  ) throws(ONNXError.Problem) {
    let kernel = try node.ints("kernel_shape") ?? []
    guard (1...2).contains(kernel.count) else {
      throw .unsupported("pooling over \(kernel.count) axes")
    }
    let attributes = try WindowAttributes(node, axes: kernel.count)
    let window = SlidingWindow(
      kernel: kernel, stride: attributes.stride, dilation: attributes.dilation,
      padding: attributes.padding)
    try graph.emit(
      node, Pooling(reduction, window: window, ceilMode: try node.flag("ceil_mode")),
      [try graph.feature(node, 0)])
  }
}
