import ConvolutionalNetworks

/// Operators that operator set 1 had on trial and that later sets lack, though converters went on writing them
/// (https://github.com/onnx/onnx/blob/v1.2.1/docs/Operators.md#experimental).
extension OldOperatorSets {
  static let experimentalOperators: [String: Rule] = [
    "Affine": experimental(affine), "Scale": experimental(scale),
    "ScaledTanh": experimental(scaledTangent),
    "ParametricSoftplus": experimental(parametricSoftplus),
    "ImageScaler": experimental(imageScaler), "Crop": experimental(crop),
    "DynamicSlice": experimental(dynamicSlice),
    "GivenTensorFill": experimental(givenTensorFill), "ConstantFill": experimental(constantFill),
  ]

  private static func experimental(_ importNode: @escaping OperatorImport) -> Rule {
    Rule(end: .max, importNode: importNode)
  }

  /// The set that rewritten nodes follow, the first without these operators.
  private static let operatorSet = 10

  /// `alpha · x + beta`
  private static func affine(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let product = try multiplied(
      &graph, node, "alpha", node.inputs[0], by: node.float("alpha", default: 1))
    let beta = try graph.floatHelper(node, "beta", try node.float("beta", default: 0))
    try graph.importRewritten(
      node.rewritten(as: "Add", inputs: [product, beta], operatorSet: operatorSet))
  }

  private static func scale(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let factor = try graph.floatHelper(node, "scale", try node.float("scale", default: 1))
    try graph.importRewritten(
      node.rewritten(as: "Mul", inputs: [node.inputs[0], factor], operatorSet: operatorSet))
  }

  /// `alpha · tanh(beta · x)`
  private static func scaledTangent(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try scaledActivation("Tanh", &graph, node)
  }

  /// `alpha · ln(1 + exp(beta · x))`
  private static func parametricSoftplus(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try scaledActivation("Softplus", &graph, node)
  }

  private static func scaledActivation(
    _ operatorName: String, _ graph: inout GraphImport, _ node: ONNXNode
  ) throws(ONNXError.Problem) {
    let scaled = try multiplied(
      &graph, node, "beta", node.inputs[0], by: node.float("beta", default: 1))
    let value = try graph.importHelper(node, "activation", operatorName, [scaled])
    let alpha = try graph.floatHelper(node, "alpha", try node.float("alpha", default: 1))
    try graph.importRewritten(
      node.rewritten(as: "Mul", inputs: [value, alpha], operatorSet: operatorSet))
  }

  /// `scale · x` and a number more for each channel.
  private static func imageScaler(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let bias = try node.floats("bias") ?? []
    let rank = try graph.rank(node, 0)
    guard !bias.isEmpty, rank > 2 else {
      throw .invalidAttribute("bias", reason: "\(bias.count) numbers for a picture of \(rank) axes")
    }
    let product = try multiplied(
      &graph, node, "scale", node.inputs[0], by: node.float("scale", default: 1))
    let shape = [bias.count] + Array(repeating: 1, count: rank - 2)
    let summand = try graph.floatHelper(node, "bias", Tensor(shape: shape, elements: bias))
    try graph.importRewritten(
      node.rewritten(as: "Add", inputs: [product, summand], operatorSet: operatorSet))
  }

  /// A picture less its border, `[left, top, right, bottom]`, or as much as `scale` says from there.
  private static func crop(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    let border = try node.ints("border") ?? [0, 0, 0, 0]
    guard border.count == 4, border.allSatisfy({ (0...1 << 24).contains($0) }) else {
      throw .invalidAttribute("border", reason: "\(border) are no four borders")
    }
    let starts = [border[1], border[0]]
    var ends = [border[3], border[2]].map { $0 == 0 ? Int.max : -$0 }
    if let extents = try node.ints("scale") {
      guard extents.count == 2, extents.allSatisfy({ (1...1 << 24).contains($0) }) else {
        throw .invalidAttribute("scale", reason: "\(extents) are no height and width")
      }
      ends = zip(starts, extents).map(+)
    }
    let inputs = [
      node.inputs[0], try graph.integerHelper(node, "starts", starts),
      try graph.integerHelper(node, "ends", ends), try graph.integerHelper(node, "axes", [2, 3]),
    ]
    try graph.importRewritten(
      node.rewritten(as: "Slice", inputs: inputs, operatorSet: operatorSet))
  }

  /// What Slice is now.
  private static func dynamicSlice(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try graph.importRewritten(
      node.rewritten(as: "Slice", inputs: node.inputs, operatorSet: operatorSet))
  }

  /// A value times a number, by a node beside the rewritten one.
  private static func multiplied(
    _ graph: inout GraphImport, _ node: ONNXNode, _ role: String, _ value: String,
    by factor: Float
  ) throws(ONNXError.Problem) -> String {
    guard factor != 1 else { return value }
    let operand = try graph.floatHelper(node, role, factor)
    return try graph.importHelper(node, "\(role) times", "Mul", [value, operand])
  }
}
