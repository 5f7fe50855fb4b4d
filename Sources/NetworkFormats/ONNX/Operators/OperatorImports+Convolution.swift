import ConvolutionalNetworks

extension OperatorImports {
  static let convolutions: [String: OperatorImport] = [
    "Conv": convolution, "Gemm": generalProduct, "MatMul": product,
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

  /// `alpha · A·B + beta · C`, with A or B transposed first on demand.
  private static func generalProduct(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let matrix = try graph.tensor(node, 1)
    guard matrix.rank == 2 else { throw .unsupported("a second matrix of shape \(matrix.shape)") }
    let weights = try node.flag("transB") ? matrix : matrix.transposed([1, 0])
    let scaled = weights.scaled(by: try node.float("alpha", default: 1))
    var input = try graph.feature(node, 0)
    if try node.flag("transA") {
      input = graph.emitHelper(node, "transposed", Transpose([1, 0]), [input])
    }
    let beta = try node.float("beta", default: 1)
    guard node.hasInput(2) else {
      return try graph.emit(node, Dense(weights: scaled), [input])
    }
    guard let summand = try graph.value(node, 2).tensor else {
      let product = graph.emitHelper(node, "product", Dense(weights: scaled), [input])
      var sum = try graph.feature(node, 2)
      if beta != 1 {
        let factor = graph.emitHelper(
          node, "beta", Constant(Tensor(shape: [], elements: [beta])), [])
        sum = graph.emitHelper(node, "scaled", Arithmetic(.multiply), [sum, factor])
      }
      return try graph.emit(node, Arithmetic(.add), [product, sum])
    }
    let scaledSummand = summand.scaled(by: beta)
    if let bias = scaledSummand.asBias(units: scaled.shape[0]) {
      try graph.emit(node, Dense(weights: scaled, bias: bias), [input])
    } else {
      let product = graph.emitHelper(node, "product", Dense(weights: scaled), [input])
      let sum = graph.emitHelper(node, "summand", Constant(scaledSummand), [])
      try graph.emit(node, Arithmetic(.add), [product, sum])
    }
  }

  private static func product(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let matrix = try graph.tensor(node, 1)
    let input = try graph.feature(node, 0)
    switch matrix.rank {
    case 1:
      let weights = matrix.reshaped(to: [1, matrix.count])
      let column = graph.emitHelper(node, "column", Dense(weights: weights), [input])
      try graph.emit(node, Squeeze(axes: [-1]), [column])
    case 2:
      try graph.emit(node, Dense(weights: matrix.transposed([1, 0])), [input])
    default:
      throw .unsupported("a product with matrices of shape \(matrix.shape)")
    }
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

  fileprivate func scaled(by factor: Float) -> Tensor {
    guard factor != 1 else { return self }
    var result = self
    result.withUnsafeMutableBufferPointer { elements in
      for i in elements.indices { elements[i] *= factor }
    }
    return result
  }

  /// One number per unit, if that is what adding this tensor to rows of units amounts to.
  fileprivate func asBias(units: Int) -> Tensor? {
    guard shape.dropLast().allSatisfy({ $0 == 1 }), rank <= 2 else { return nil }
    if count == units { return reshaped(to: [units]) }
    return count == 1 ? Tensor(shape: [units], repeating: elements[0]) : nil
  }
}
