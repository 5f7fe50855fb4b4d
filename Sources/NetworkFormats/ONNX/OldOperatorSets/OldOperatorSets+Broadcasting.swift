import ConvolutionalNetworks

/// Before operator set 7 the second operand's axes stood in a row somewhere among the first one's: `axis` says where.
extension OldOperatorSets {
  static let broadcasting: [String: Rule] = {
    let binary = [
      "Add", "Sub", "Mul", "Div", "Pow", "And", "Or", "Xor", "Equal", "Greater", "Less",
    ]
    var rules = Dictionary(
      uniqueKeysWithValues: binary.map { ($0, Rule(end: 7, importNode: broadcast)) })
    rules["PRelu"] = Rule(end: 7, importNode: parametricReLU)
    rules["Gemm"] = leavingOut(["broadcast"], before: 7)
    return rules
  }()

  private static func broadcast(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var inputs = node.inputs
    // Caffe2, where the attribute comes from, took −1 for the last axes, as its absence does.
    if try node.flag("broadcast"), let axis = try node.int("axis"), axis != -1 {
      let rank = try graph.rank(node, 0)
      let axes = try graph.rank(node, 1)
      guard (0...rank).contains(axis), axis + axes <= rank else {
        throw .invalidAttribute(
          "axis", reason: "\(axis), where \(axes) axes are to meet some of \(rank)")
      }
      inputs[1] = try unsqueezed(&graph, node, axes: axes..<rank - axis)
    }
    try graph.importRewritten(
      node.rewritten(inputs: inputs, without: ["broadcast", "axis"], operatorSet: 7))
  }

  /// One slope a channel stood for all positions, though the channels' axis is not the last.
  private static func parametricReLU(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var inputs = node.inputs
    if try graph.rank(node, 1) == 1 {
      let rank = try graph.rank(node, 0)
      if rank > 2 { inputs[1] = try unsqueezed(&graph, node, axes: 1..<rank - 1) }
    }
    try graph.importRewritten(node.rewritten(inputs: inputs, operatorSet: 7))
  }

  /// The second input with new axes of one element.
  private static func unsqueezed(
    _ graph: inout GraphImport, _ node: ONNXNode, axes: Range<Int>
  ) throws(ONNXError.Problem) -> String {
    guard !axes.isEmpty else { return node.inputs[1] }
    return try graph.importHelper(
      node, "unsqueezed", "Unsqueeze", [node.inputs[1]], ["axes": .ints(Array(axes))])
  }
}
