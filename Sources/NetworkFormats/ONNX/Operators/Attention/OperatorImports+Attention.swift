import ConvolutionalNetworks

/// Attention and what turns its queries and keys: https://onnx.ai/onnx/operators/onnx__Attention.html.
extension OperatorImports {
  static let attentions: [String: OperatorImport] = [
    "Attention": attention, "RotaryEmbedding": rotaryEmbedding,
  ]

  private static func attention(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    // All is computed in single precision.
    _ = try node.int("softmax_precision")
    let heads = try AttentionHeads(graph, node)
    var inputs: [String] = []
    for (position, role) in ["queries", "keys", "values"].enumerated() {
      let input = try graph.feature(node, position)
      inputs.append(
        heads.areJoined
          ? try graph.splitHeads(
            node, role, input, heads: position == 0 ? heads.queries : heads.keys) : input)
    }
    let keys = try graph.appended(node, "keys", inputs[1], toInput: 4, writing: 1)
    let values = try graph.appended(node, "values", inputs[2], toInput: 5, writing: 2)
    let sharing = heads.queries / heads.keys
    var attention = ScaledDotProductAttention(
      queries: inputs[0],
      keys: try graph.repeatHeads(node, "keys", keys, heads: heads.keys, count: sharing),
      values: try graph.repeatHeads(node, "values", values, heads: heads.keys, count: sharing))
    attention.scale = try node.float("scale")
    attention.masks = try masks(&graph, node, queries: inputs[0], keys: keys)
    let softcap = try node.float("softcap", default: 0)
    attention.softcap = softcap > 0 ? softcap : nil
    let mode = try node.int("qk_matmul_output_mode", default: 0)
    guard let stage = ScaledDotProductAttention.Stage(rawValue: mode) else {
      throw .unsupportedAttribute("qk_matmul_output_mode", value: "\(mode)")
    }
    attention.output = node.output(3).map { (stage, $0) }
    try attention.emit(&graph, node, joiningHeads: heads.areJoined)
  }

  private static func masks(
    _ graph: inout GraphImport, _ node: ONNXNode, queries: String, keys: String
  ) throws(ONNXError.Problem) -> [String] {
    var masks: [String] = []
    if node.hasInput(3) {
      var mask = try graph.feature(node, 3)
      let isCondition = try graph.value(node, 3).isInteger
      // The keys that a mask says nothing of do not count.
      if let shape = graph.assumedShape(of: mask), let covered = shape.last, covered > 1,
        let count = graph.assumedShape(of: keys)?.dropFirst(2).first, covered < count
      {
        mask = try graph.extend(
          node, mask: mask, rank: shape.count, toKeys: keys,
          with: isCondition ? 0 : -.infinity)
      }
      masks.append(isCondition ? try graph.mask(node, where: mask) : mask)
    }
    if try node.flag("is_causal") {
      let past = node.hasInput(4) ? try graph.feature(node, 4) : nil
      masks.append(try graph.causalMask(node, queries: queries, keys: keys, past: past))
    }
    if node.hasInput(6) {
      masks.append(try graph.mask(node, lengths: try graph.feature(node, 6), keys: keys))
    }
    return masks
  }
}

/// How many heads there are of queries, and of the keys and values that they share.
private struct AttentionHeads {
  let queries: Int
  let keys: Int
  /// Whether the heads lie beside one another in the last of three axes.
  let areJoined: Bool

  /// The most heads.
  private static let most = 1 << 16

  init(_ graph: GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    let areJoined = try graph.rank(node, 0) == 3
    func count(_ attribute: String, _ position: Int) throws(ONNXError.Problem) -> Int {
      var count = try node.int(attribute)
      if count == nil, !areJoined {
        count = graph.assumedShape(of: try graph.feature(node, position))?.dropFirst().first
      }
      guard let count, (1...Self.most).contains(count) else {
        throw .invalidAttribute(
          attribute, reason: "it must be 1 to \(Self.most), and is \(count ?? 0)")
      }
      return count
    }
    queries = try count("q_num_heads", 0)
    keys = try count("kv_num_heads", 1)
    self.areJoined = areJoined
    guard queries % keys == 0 else {
      throw .invalidAttribute(
        "kv_num_heads", reason: "\(keys) heads are not shared by \(queries) evenly")
    }
  }
}
