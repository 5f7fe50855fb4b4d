import ConvolutionalNetworks

extension OperatorImports {
  static let convolutions: [String: OperatorImport] = [
    "Conv": convolution, "ConvTranspose": transposedConvolution,
  ]

  private static func convolution(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let (weights, groups) = try weightsAndGroups(&graph, node)
    let window = try WindowAttributes(node, axes: weights.rank - 2)
    let operation = Convolution(
      weights: weights.channelsMovedToEnd, bias: try graph.optionalTensor(node, 2),
      stride: window.stride, dilation: window.dilation, padding: window.padding, groups: groups)
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func transposedConvolution(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let (weights, groups) = try weightsAndGroups(&graph, node)
    let axes = weights.rank - 2
    let window = try WindowAttributes(node, axes: axes)
    let outputPadding = try node.ints("output_padding")
    // Some files give batch and channels as well.
    let extents = try node.ints("output_shape").map { Array($0.suffix(axes)) }
    for (name, numbers) in [("output_padding", outputPadding), ("output_shape", extents)] {
      guard let numbers else { continue }
      guard numbers.count == axes, numbers.allSatisfy({ (0...1 << 24).contains($0) }) else {
        throw .invalidAttribute(name, reason: "\(numbers) for \(axes) axes")
      }
    }
    let operation = TransposedConvolution(
      weights: weights.channelsMovedToEnd, bias: try graph.optionalTensor(node, 2),
      stride: window.stride, dilation: window.dilation, padding: window.padding,
      outputPadding: outputPadding, outputExtents: extents, groups: groups)
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  /// The weights over one to three spatial axes, and the number of groups, which the first axis divides into.
  private static func weightsAndGroups(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem) -> (weights: Tensor, groups: Int)
  {
    let weights = try graph.tensor(node, 1)
    // They are copied, their channels at the end.
    try graph.take(weights.count)
    let axes = weights.rank - 2
    guard (1...3).contains(axes) else { throw .unsupported("a convolution over \(axes) axes") }
    let kernel = Array(weights.shape.dropFirst(2))
    if let declared = try node.ints("kernel_shape"), declared != kernel {
      throw .invalidAttribute("kernel_shape", reason: "\(declared), but the weights have \(kernel)")
    }
    let groups = try node.int("group", default: 1)
    guard groups > 0, weights.shape[0] % groups == 0 else {
      throw .invalidAttribute("group", reason: "\(groups) of \(weights.shape[0]) channels")
    }
    return (weights, groups)
  }
}
