import ConvolutionalNetworks

extension OperatorImports {
  /// Turns pairs of features by angles of their token's position:
  /// `y = x · cos + partner(x) · sin`, https://onnx.ai/onnx/operators/onnx__RotaryEmbedding.html.
  static func rotaryEmbedding(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let input = try graph.feature(node, 0)
    let isJoined = try graph.rank(node, 0) == 3
    let heads = try node.int("num_heads", default: 0)
    guard !isJoined || heads > 0 else {
      throw .invalidAttribute("num_heads", reason: "it must be positive for three axes")
    }
    guard let last = graph.assumedShape(of: input)?.last else {
      throw .unsupported("a rotary embedding of unknown extent")
    }
    let pairs = try RotaryPairs(&graph, node, features: isJoined ? last / heads : last)
    var angles: [String] = []
    for (position, role) in [(1, "cosines"), (2, "sines")] {
      angles.append(
        try angleFunction(
          &graph, node, role, position, pairs, axisOfHeads: isJoined ? 2 : 1,
          signs: position == 2 ? pairs.signs : nil, rest: position == 2 ? 0 : 1))
    }
    let split =
      isJoined
      ? try graph.emitHelper(node, "split", Reshape(to: [0, 0, heads, -1]), [input]) : input
    let partners = try graph.emitHelper(
      node, "partners", Gather(axis: -1, positions: .constant(pairs.partners)), [split])
    let parts = [
      try graph.emitHelper(node, "cosine part", Arithmetic(.multiply), [split, angles[0]]),
      try graph.emitHelper(node, "sine part", Arithmetic(.multiply), [partners, angles[1]]),
    ]
    guard isJoined else { return try graph.emit(node, Arithmetic(.add), parts, isInteger: false) }
    let turned = try graph.emitHelper(node, "turned", Arithmetic(.add), parts)
    try graph.emit(node, Reshape(to: [0, 0, -1]), [turned], isInteger: false)
  }

  /// Cosines or sines of the angles of each token and feature, with an axis for the heads.
  private static func angleFunction(
    _ graph: inout GraphImport, _ node: ONNXNode, _ role: String, _ position: Int,
    _ pairs: RotaryPairs, axisOfHeads: Int, signs: Tensor?, rest: Float
  ) throws(ONNXError.Problem) -> String {
    var value = try graph.feature(node, position)
    if node.hasInput(3) {
      let positions = try graph.feature(node, 3)
      if let numbers = try graph.value(node, 3).numbers {
        let gather = Gather(axis: 0, positions: numbers.expression)
        value = try graph.emitHelper(node, "\(role) of tokens", gather, [value])
      } else {
        value = try graph.emitHelper(
          node, "\(role) of tokens", IndexedGather(.positions(axis: 0)), [value, positions])
      }
    }
    value = try graph.emitHelper(
      node, "\(role) of features", Gather(axis: -1, positions: .constant(pairs.places)), [value])
    if let signs {
      let factor = try graph.emitHelper(node, "signs", Constant(signs), [])
      value = try graph.emitHelper(
        node, "signed \(role)", Arithmetic(.multiply), [value, factor])
    }
    if pairs.rest > 0 {
      let pad = Pad(.constant(rest), amounts: .constant([0, pairs.rest]), axes: [-1])
      value = try graph.emitHelper(node, "padded \(role)", pad, [value])
    }
    return try graph.emitHelper(node, role, Unsqueeze(axes: [axisOfHeads]), [value])
  }
}

/// Which features of a head are turned together: those beside one another, or those of two halves.
private struct RotaryPairs {
  /// The other feature of each one's pair, itself for one that stays.
  let partners: [Int]
  /// The pair of each feature that is turned.
  let places: [Int]
  /// The sign of the sine for each feature that is turned.
  let signs: Tensor
  /// How many features stay, the last ones.
  let rest: Int

  /// The most features of a head.
  private static let most = 1 << 20

  init(_ graph: inout GraphImport, _ node: ONNXNode, features: Int) throws(ONNXError.Problem) {
    let dimension = try node.int("rotary_embedding_dim", default: 0)
    let turned = dimension == 0 ? features : dimension
    guard turned > 0, turned % 2 == 0, turned <= features, features <= Self.most else {
      throw .invalidAttribute(
        "rotary_embedding_dim", reason: "\(turned) of \(features) features are not turned in pairs")
    }
    try graph.take(4 * features, of: MemoryLayout<Int>.stride)
    let isInterleaved = try node.flag("interleaved")
    let half = turned / 2
    let isFirst = (0..<turned).map { isInterleaved ? $0 % 2 == 0 : $0 < half }
    let step = isInterleaved ? 1 : half
    partners = (0..<features).map { $0 >= turned ? $0 : isFirst[$0] ? $0 + step : $0 - step }
    places = (0..<turned).map { isInterleaved ? $0 / 2 : $0 % half }
    signs = Tensor(shape: [turned], elements: isFirst.map { $0 ? -1 : 1 })
    rest = features - turned
  }
}
