import ConvolutionalNetworks

/// onnxruntime's product of matrices with transpositions and a factor
/// (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.FusedMatMul).
extension OperatorImports {
  static let fusedProducts: [String: OperatorImport] = [
    "FusedMatMul": fusedMatrixProduct, "TransposeMatMul": fusedMatrixProduct,
  ]

  /// `alpha · A·B`, either of them with its matrices or its batch axes transposed first.
  private static func fusedMatrixProduct(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let factors = [
      try transposedFactor(&graph, node, 0, "A"), try transposedFactor(&graph, node, 1, "B"),
    ]
    let alpha = try node.float("alpha", default: 1)
    let product =
      alpha == 1 ? node.outputs[0] : graph.unusedName("\(node.outputs[0])/product")
    try graph.importRewritten(
      ONNXNode(
        node, as: "MatMul", named: alpha == 1 ? node.name : "\(node.name)/product",
        inputs: factors, outputs: [product]))
    guard alpha != 1 else { return }
    let factor = Constant(Tensor(shape: [], elements: [alpha]))
    try graph.emit(
      node, Arithmetic(.multiply),
      [try graph.feature(product), try graph.emitHelper(node, "alpha", factor, [])])
  }

  private static func transposedFactor(
    _ graph: inout GraphImport, _ node: ONNXNode, _ position: Int, _ name: String
  ) throws(ONNXError.Problem) -> String {
    let factor = try graph.feature(node, position)
    let turnsMatrices = try node.flag("trans\(name)")
    let turnsBatch = try node.flag("transBatch\(name)")
    guard turnsMatrices || turnsBatch else { return factor }
    let rank = try graph.rank(node, position)
    // A single row or column stays what it is.
    guard rank > 1 else { return factor }
    var axes = Array(0..<rank)
    // The first axis moves between the batch and the last: [tokens, pictures, features] as attention of PyTorch has it.
    if turnsBatch { axes.insert(axes.removeFirst(), at: rank - 2) }
    if turnsMatrices { axes.swapAt(rank - 2, rank - 1) }
    return try graph.emitHelper(node, "transposed \(name)", Transpose(axes), [factor])
  }
}
