import ConvolutionalNetworks

extension OperatorImports {
  static let convolutions: [String: OperatorImport] = [
    "Conv": convolution
  ]

  private static func convolution(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let weights = try graph.tensor(node, 1)
    let axes = weights.rank - 2
    guard (1...2).contains(axes) else { throw .unsupported("a convolution over \(axes) axes") }
    let kernel = Array(weights.shape.dropFirst(2))
    if let declared = try node.ints("kernel_shape"), declared != kernel {
      throw .invalidAttribute("kernel_shape", reason: "\(declared), but the weights have \(kernel)")
    }
    let groups = try node.int("group", default: 1)
    guard groups > 0, weights.shape[0] % groups == 0 else {
      throw .invalidAttribute("group", reason: "\(groups) of \(weights.shape[0]) output channels")
    }
    let window = try WindowAttributes(node, axes: axes)
    let operation = Convolution(
      weights: weights.channelsMovedToEnd(), bias: try graph.optionalTensor(node, 2),
      stride: window.stride, dilation: window.dilation, padding: window.padding, groups: groups)
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }
}

extension Tensor {
  /// Convolution weights with the input channels after the kernel axes.
  fileprivate func channelsMovedToEnd() -> Tensor {
    let permutation = [0] + Array(2..<rank) + [1]
    // Where the kernel is one cell the elements lie as they should already.
    guard shape[2...].contains(where: { $0 != 1 }) else {
      return reshaped(to: permutation.map { shape[$0] })
    }
    return transposed(permutation)
  }
}
