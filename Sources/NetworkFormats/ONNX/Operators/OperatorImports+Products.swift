import ConvolutionalNetworks

/// Products of matrices: with weights they are dense layers.
extension OperatorImports {
  static let products: [String: OperatorImport] = ["Gemm": generalProduct, "MatMul": product]

  /// `alpha · A·B + beta · C`, with A or B transposed first on demand.
  private static func generalProduct(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard try graph.value(node, 1).tensor != nil else { return try productOfValues(&graph, node) }
    var weights = try graph.takeTensor(node, 1)
    guard weights.rank == 2 else { throw .unsupported("a second matrix of shape \(weights.shape)") }
    // They are turned round or scaled, and in a network perhaps turned once more.
    try graph.take(weights.count)
    if try !node.flag("transB") { weights = weights.transposed([1, 0]) }
    weights.scale(by: try node.float("alpha", default: 1))
    let units = weights.shape[0]
    var input = try graph.feature(node, 0)
    if try node.flag("transA") {
      input = try graph.emitHelper(node, "transposed", Transpose([1, 0]), [input])
    }
    let beta = try node.float("beta", default: 1)
    guard node.hasInput(2) else {
      return try graph.emit(node, Dense(weights: consume weights), [input])
    }
    guard var summand = try graph.value(node, 2).tensor else {
      let product = try graph.emitHelper(node, "product", Dense(weights: consume weights), [input])
      let sum = try scaled(&graph, node, "beta", try graph.feature(node, 2), by: beta)
      return try graph.emit(node, Arithmetic(.add), [product, sum])
    }
    try graph.take(summand.count)
    summand.scale(by: beta)
    if let bias = summand.asBias(units: units) {
      try graph.emit(node, Dense(weights: consume weights, bias: bias), [input])
    } else {
      let product = try graph.emitHelper(node, "product", Dense(weights: consume weights), [input])
      let sum = try graph.emitHelper(node, "summand", Constant(summand), [])
      try graph.emit(node, Arithmetic(.add), [product, sum])
    }
  }

  /// `alpha · A·B + beta · C` of matrices that the network computes.
  private static func productOfValues(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var factors: [String] = []
    for (position, name) in ["A", "B"].enumerated() {
      var factor = try graph.feature(node, position)
      if try node.flag("trans\(name)") {
        factor = try graph.emitHelper(node, "transposed \(name)", Transpose([1, 0]), [factor])
      }
      factors.append(factor)
    }
    let alpha = try node.float("alpha", default: 1)
    let beta = try node.float("beta", default: 1)
    guard alpha != 1 || node.hasInput(2) else {
      return try graph.emit(node, MatrixMultiplication(), factors)
    }
    let product = try graph.emitHelper(node, "product", MatrixMultiplication(), factors)
    guard node.hasInput(2) else {
      let factor = Constant(Tensor(shape: [], elements: [alpha]))
      let operand = try graph.emitHelper(node, "alpha", factor, [])
      return try graph.emit(node, Arithmetic(.multiply), [product, operand])
    }
    let scaledProduct = try scaled(&graph, node, "alpha", product, by: alpha)
    let summand = try scaled(&graph, node, "beta", try graph.feature(node, 2), by: beta)
    try graph.emit(node, Arithmetic(.add), [scaledProduct, summand])
  }

  /// A value times a number, by layers that the node needs beside its own.
  private static func scaled(
    _ graph: inout GraphImport, _ node: ONNXNode, _ role: String, _ value: String, by factor: Float
  ) throws(ONNXError.Problem) -> String {
    guard factor != 1 else { return value }
    let constant = Constant(Tensor(shape: [], elements: [factor]))
    let operand = try graph.emitHelper(node, role, constant, [])
    return try graph.emitHelper(node, "\(role) times", Arithmetic(.multiply), [value, operand])
  }

  private static func product(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let rank = try graph.value(node, 1).tensor?.rank, (1...2).contains(rank)
    else {
      let factors = [try graph.feature(node, 0), try graph.feature(node, 1)]
      return try graph.emit(node, MatrixMultiplication(), factors)
    }
    let input = try graph.feature(node, 0)
    let matrix = try graph.takeTensor(node, 1)
    try graph.take(matrix.count)
    if rank == 1 {
      let weights = matrix.reshaped(to: [1, matrix.count])
      let column = try graph.emitHelper(node, "column", Dense(weights: weights), [input])
      try graph.emit(node, Squeeze(axes: [-1]), [column])
    } else {
      try graph.emit(node, Dense(weights: matrix.transposed([1, 0])), [input])
    }
  }
}

extension Tensor {
  fileprivate mutating func scale(by factor: Float) {
    guard factor != 1 else { return }
    withUnsafeMutableBufferPointer { elements in
      for i in elements.indices { elements[i] *= factor }
    }
  }

  /// One number per unit, if that is what adding this tensor to rows of units amounts to.
  fileprivate func asBias(units: Int) -> Tensor? {
    guard shape.dropLast().allSatisfy({ $0 == 1 }), rank <= 2 else { return nil }
    if count == units { return reshaped(to: [units]) }
    return count == 1 ? Tensor(shape: [units], repeating: elements[0]) : nil
  }
}
