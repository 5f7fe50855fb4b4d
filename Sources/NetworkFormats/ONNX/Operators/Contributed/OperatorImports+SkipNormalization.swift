import ConvolutionalNetworks

/// onnxruntime's normalizations of tokens, with the sum before them or without
/// (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md).
extension OperatorImports {
  static let contributedNormalizations: [String: OperatorImport] = [
    "SkipLayerNormalization": skipLayerNormalization,
    "SkipSimplifiedLayerNormalization": skipSimplifiedLayerNormalization,
    "EmbedLayerNormalization": embedLayerNormalization,
  ]

  private static func skipLayerNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let sum = try sumWithSkip(&graph, node, bias: 4)
    try normalize(&graph, node, sum, scale: 2, shift: 3)
  }

  private static func skipSimplifiedLayerNormalization(
    _ graph: inout GraphImport, _ node: ONNXNode
  ) throws(ONNXError.Problem) {
    let sum = try sumWithSkip(&graph, node, bias: 3)
    let operation = RMSNormalization(
      scale: try graph.tensor(node, 2), epsilon: try node.float("epsilon", default: 1e-12))
    try graph.emit(node, operation, [sum])
  }

  /// The sum that is normalized, which is what the residual stream goes on with: the layer `<node>/sum`, and the node's
  /// fourth output.
  private static func sumWithSkip(
    _ graph: inout GraphImport, _ node: ONNXNode, bias: Int
  ) throws(ONNXError.Problem) -> String {
    var summands = [try graph.feature(node, 0), try graph.feature(node, 1)]
    if node.hasInput(bias) {
      let biased = try graph.emitHelper(
        node, "biased", Arithmetic(.add), [summands[0], try graph.feature(node, bias)])
      summands[0] = biased
    }
    return try graph.emitHelper(
      node, "sum", Arithmetic(.add), summands, writing: node.output(3))
  }

  /// The sum of the embeddings of words, positions and segments, normalized.
  private static func embedLayerNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard !node.hasInput(7) else { throw .unsupported("a mask of tokens") }
    _ = try node.int("mask_index_type")
    let words = try graph.emitHelper(
      node, "words", IndexedGather(.positions(axis: 0)),
      [try graph.feature(node, 2), try graph.feature(node, 0)])
    let positions: String
    if node.hasInput(8) {
      positions = try graph.emitHelper(
        node, "positions", IndexedGather(.positions(axis: 0)),
        [try graph.feature(node, 3), try graph.feature(node, 8)])
    } else {
      let tokens = try graph.extents(of: graph.feature(node, 0), 1..<2)
      let slice = Slice(starts: .constant([0]), ends: try graph.expression(tokens))
      positions = try graph.emitHelper(node, "positions", slice, [try graph.feature(node, 3)])
    }
    var summands = [words, positions]
    if node.hasInput(1), node.hasInput(4) {
      let segments = try graph.emitHelper(
        node, "segments", IndexedGather(.positions(axis: 0)),
        [try graph.feature(node, 4), try graph.feature(node, 1)])
      summands = [
        try graph.emitHelper(node, "placed words", Arithmetic(.add), summands), segments,
      ]
    }
    let sum = try graph.emitHelper(
      node, "sum", Arithmetic(.add), summands, writing: node.output(2))
    try normalize(&graph, node, sum, scale: 5, shift: 6)
  }

  /// Normalizes tokens as the node says, whose scale and shift are inputs of it.
  private static func normalize(
    _ graph: inout GraphImport, _ node: ONNXNode, _ value: String, scale: Int, shift: Int
  ) throws(ONNXError.Problem) {
    let operation = LayerNormalization(
      axes: [-1], scale: try graph.optionalTensor(node, scale),
      shift: try graph.optionalTensor(node, shift),
      epsilon: try node.float("epsilon", default: 1e-12))
    try graph.emit(node, operation, [value], isInteger: false)
  }
}
