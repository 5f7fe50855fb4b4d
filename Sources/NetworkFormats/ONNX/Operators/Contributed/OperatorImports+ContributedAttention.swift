import ConvolutionalNetworks

/// onnxruntime's attention, with the projections of tokens in the node or before it
/// (https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.Attention).
/// `ScaledDotProductAttention` tells what their layers are called.
extension OperatorImports {
  static let contributedAttentions: [String: OperatorImport] = [
    "Attention": projectingAttention, "MultiHeadAttention": multiHeadAttention,
  ]

  /// Attention of tokens `[N, tokens, features]` to one another, projected by one matrix for queries, keys and values.
  private static func projectingAttention(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard !node.hasInput(6) else {
      throw .unsupported("keys and values in a buffer that is shared")
    }
    try node.require("do_rotary", toBe: 0)
    try node.require("past_present_share_buffer", toBe: 0)
    _ = try node.int("rotary_embedding_dim")
    let heads = try headCount(node)
    let weights = try graph.takeTensor(node, 1)
    let bias = try graph.optionalTensor(node, 2)
    guard weights.rank == 2, weights.count > 0, bias.map({ $0.shape == [weights.shape[1]] }) ?? true
    else {
      throw .unsupported("weights of shape \(weights.shape) with such a bias")
    }
    let width = weights.shape[1]
    let sizes = try node.ints("qkv_hidden_sizes") ?? [width / 3, width / 3, width / 3]
    guard sizes.count == 3, sizes[0] == sizes[1], sizes.allSatisfy({ (1...width).contains($0) }),
      sizes.reduce(0, +) == width
    else {
      throw .invalidAttribute("qkv_hidden_sizes", reason: "\(sizes) of weights to \(width) units")
    }
    // They are turned round, and then cut.
    try graph.take(2 * weights.count)
    let rows = weights.transposed([1, 0])
    let tokens = try graph.feature(node, 0)
    var parts: [String] = []
    var first = 0
    for (role, size) in zip(["queries", "keys", "values"], sizes) {
      let dense = Dense(
        weights: rows.entries(first..<first + size), bias: bias?.entries(first..<first + size))
      let projected = try graph.emitHelper(node, "projected \(role)", dense, [tokens])
      parts.append(try graph.splitHeads(node, role, projected, heads: heads))
      first += size
    }
    let past = try pastOfProjections(&graph, node, keysAndValues: &parts)
    try attend(&graph, node, parts, mask: 3, bias: 5, past: past)
  }

  /// Puts keys and values behind those of former calls, `[2, N, heads, tokens, features]`, and hands out all of them.
  ///
  /// - Returns: the keys of former calls; `nil` where there are none.
  private static func pastOfProjections(
    _ graph: inout GraphImport, _ node: ONNXNode, keysAndValues parts: inout [String]
  ) throws(ONNXError.Problem) -> String? {
    var pastKeys: String?
    if node.hasInput(4) {
      let past = try graph.feature(node, 4)
      for (position, role) in ["keys", "values"].enumerated() {
        let former = try graph.emitHelper(
          node, "past \(role)", Gather(axis: 0, positions: place(position)), [past])
        if position == 0 { pastKeys = former }
        parts[1 + position] = try graph.emitHelper(
          node, "present \(role)", Concatenation(axis: 2), [former, parts[1 + position]])
      }
    }
    if let present = node.output(1) {
      var both: [String] = []
      for (role, value) in zip(["keys", "values"], parts[1...]) {
        both.append(
          try graph.emitHelper(node, "all \(role)", Unsqueeze(axes: [0]), [value]))
      }
      _ = try graph.emitHelper(
        node, "present", Concatenation(axis: 0), both, writing: present)
    }
    return pastKeys
  }

  private static func place(_ position: Int) -> ShapeExpression {
    .constant(NumberArray(shape: [], numbers: [Double(position)]))
  }

  /// Attention of queries, keys and values that other nodes have projected.
  private static func multiHeadAttention(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    for position in 8...9 where node.hasInput(position) {
      throw .unsupported("keys and values in a buffer that is shared")
    }
    let heads = try headCount(node)
    let roles = ["queries", "keys", "values"]
    let packed = [node.hasInput(1), node.hasInput(2)].firstIndex(of: false)
    guard packed == nil || !node.hasInput(3) else {
      throw .unsupported("a bias of packed queries, keys and values")
    }
    var parts: [String] = []
    var firstBias = 0
    for (position, role) in roles.enumerated() {
      if let packed, position >= packed {
        parts.append(
          try unpacked(&graph, node, role, packed, at: position - packed, heads: heads))
        continue
      }
      var part = try graph.feature(node, position)
      guard try graph.rank(node, position) == 3 else {
        guard !node.hasInput(3) else { throw .unsupported("a bias of heads that are apart") }
        parts.append(part)
        continue
      }
      if node.hasInput(3) {
        let bias = try graph.tensor(node, 3)
        guard let width = graph.assumedShape(of: part)?.last, bias.rank == 1,
          firstBias + width <= bias.count
        else { throw .unsupported("a bias of shape \(bias.shape)") }
        let operand = Constant(bias.entries(firstBias..<firstBias + width))
        part = try graph.emitHelper(
          node, "biased \(role)", Arithmetic(.add),
          [part, try graph.emitHelper(node, "bias of \(role)", operand, [])])
        firstBias += width
      }
      parts.append(try graph.splitHeads(node, role, part, heads: heads))
    }
    parts[1] = try graph.appended(node, "keys", parts[1], toInput: 6, writing: 1)
    parts[2] = try graph.appended(node, "values", parts[2], toInput: 7, writing: 2)
    let past = node.hasInput(6) ? try graph.feature(node, 6) : nil
    try attend(&graph, node, parts, mask: 4, bias: 5, past: past)
  }

  /// A part of queries, keys and values, or keys and values, that lie together: `[N, tokens, heads, parts, features]`.
  private static func unpacked(
    _ graph: inout GraphImport, _ node: ONNXNode, _ role: String, _ input: Int, at position: Int,
    heads: Int
  ) throws(ONNXError.Problem) -> String {
    let value = try graph.feature(node, input)
    guard let shape = graph.assumedShape(of: value), shape.count == 5, shape[2] == heads else {
      throw .unsupported("'\(value)' as packed queries, keys and values of \(heads) heads")
    }
    let part = try graph.emitHelper(
      node, "packed \(role)", Gather(axis: 3, positions: place(position)), [value])
    return try graph.emitHelper(node, role, Transpose([0, 2, 1, 3]), [part])
  }

  private static func attend(
    _ graph: inout GraphImport, _ node: ONNXNode, _ parts: [String], mask: Int, bias: Int,
    past: String?
  ) throws(ONNXError.Problem) {
    var attention = ScaledDotProductAttention(
      queries: parts[0], keys: parts[1], values: parts[2])
    attention.scale = try node.float("scale").flatMap { $0 == 0 ? nil : $0 }
    let leftOut = try node.float("mask_filter_value", default: -10_000)
    if node.hasInput(mask) {
      let given = try graph.feature(node, mask)
      switch try graph.rank(node, mask) {
      case 1:
        guard let count = graph.assumedShape(of: given)?[0],
          graph.assumedShape(of: parts[1])?.first == count
        else { throw .unsupported("a mask of first and last tokens") }
        attention.masks.append(
          try graph.mask(node, lengths: given, keys: parts[1], elsewhere: leftOut))
      case let rank where rank <= 3:
        let aligned = try graph.emitHelper(
          node, "aligned mask", Unsqueeze(axes: rank == 2 ? [1, 2] : [1]), [given])
        attention.masks.append(try graph.mask(node, where: aligned, elsewhere: leftOut))
      case let rank: throw .unsupported("a mask of \(rank) axes")
      }
    }
    if try node.flag("unidirectional") {
      attention.masks.append(
        try graph.causalMask(node, queries: parts[0], keys: parts[1], past: past))
    }
    if node.hasInput(bias) { attention.masks.append(try graph.feature(node, bias)) }
    try attention.emit(&graph, node, joiningHeads: true)
  }

  private static func headCount(_ node: ONNXNode) throws(ONNXError.Problem) -> Int {
    guard let count = try node.int("num_heads"), (1...1 << 16).contains(count) else {
      throw .invalidAttribute("num_heads", reason: "it must be 1 to 65536")
    }
    return count
  }
}

extension Tensor {
  /// Some entries of the first axis.
  fileprivate func entries(_ range: Range<Int>) -> Tensor {
    let size = shape.dropFirst().reduce(1, *)
    return Tensor(
      shape: [range.count] + shape.dropFirst(),
      elements: elements[range.lowerBound * size..<range.upperBound * size])
  }
}
