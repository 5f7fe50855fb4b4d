import ConvolutionalNetworks

/// Operators whose nodes said whether the network was being trained, and normalizations that have changed.
extension OldOperatorSets {
  static let trainedOperators: [String: Rule] = [
    "BatchNormalization": Rule(end: 9, importNode: batchNormalization),
    "Dropout": leavingOut(["is_test"], before: 7),
    "MeanVarianceNormalization": Rule(end: 9, importNode: meanVarianceNormalization),
  ]

  /// Files hold running statistics either way; a node written in training runs as it would afterwards.
  private static func batchNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    if node.operatorSet < 7, try !node.flag("is_test") {
      graph.warn(
        "node '\(node.name)' (BatchNormalization) was written in training: its statistics are the file's"
      )
    }
    if try !node.flag("spatial", default: true) {
      return try normalizationOfElements(&graph, node)
    }
    try graph.importRewritten(node.rewritten(without: ["is_test", "spatial"], operatorSet: 9))
  }

  /// Each element of a picture has statistics of its own: `(x − mean) / √(variance + ε) · scale + shift`.
  private static func normalizationOfElements(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    for position in 1...4 where !node.hasInput(position) {
      throw .missingInput(position: position)
    }
    _ = try node.float("momentum")
    let (scale, shift, mean, variance) = (
      node.inputs[1], node.inputs[2], node.inputs[3], node.inputs[4]
    )
    let epsilon = try graph.floatHelper(
      node, "epsilon", try node.float("epsilon", default: 1e-5))
    let sum = try graph.importHelper(node, "shifted variance", "Add", [variance, epsilon])
    let deviation = try graph.importHelper(node, "deviation", "Sqrt", [sum])
    let factor = try graph.importHelper(node, "factor", "Div", [scale, deviation])
    let offset = try graph.importHelper(node, "scaled mean", "Mul", [mean, factor])
    let summand = try graph.importHelper(node, "summand", "Sub", [shift, offset])
    let product = try graph.importHelper(node, "product", "Mul", [node.inputs[0], factor])
    try graph.importRewritten(
      node.rewritten(as: "Add", inputs: [product, summand], operatorSet: 9))
  }

  /// Each picture was standardized by itself, and each channel unless `across_channels` joined them.
  private static func meanVarianceNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let first = try node.flag("across_channels") ? 1 : 2
    let axes = ONNXAttribute.ints(Array(first..<max(first, try graph.rank(node, 0))))
    guard try node.flag("normalize_variance", default: true) else {
      let mean = try graph.importHelper(
        node, "mean", "ReduceMean", [node.inputs[0]], ["axes": axes])
      return try graph.importRewritten(
        node.rewritten(as: "Sub", inputs: [node.inputs[0], mean], operatorSet: 9))
    }
    try graph.importRewritten(
      node.rewritten(
        without: ["across_channels", "normalize_variance"], with: ["axes": axes], operatorSet: 9))
  }
}
