import ConvolutionalNetworks

/// Normalizations by the statistics of the very value that is normalized.
extension OperatorImports {
  static let standardizations: [String: OperatorImport] = [
    "LayerNormalization": layerNormalization, "RMSNormalization": rmsNormalization,
    "InstanceNormalization": instanceNormalization,
    "GroupNormalization": groupNormalization, "LpNormalization": lpNormalization,
    "MeanVarianceNormalization": meanVarianceNormalization,
    // onnxruntime's name, which it writes as if it were ONNX' own.
    "SimplifiedLayerNormalization": rmsNormalization,
  ]

  /// The mean and the rate, which only training reads, are left out.
  private static func layerNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let operation = LayerNormalization(
      axes: try lastAxes(graph, node), scale: try graph.optionalTensor(node, 1),
      shift: try graph.optionalTensor(node, 2), epsilon: try epsilon(node))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func rmsNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let operation = RMSNormalization(
      axes: try lastAxes(graph, node), scale: try graph.tensor(node, 1),
      epsilon: try epsilon(node))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  /// The axes from a node's `axis` on.
  private static func lastAxes(_ graph: GraphImport, _ node: ONNXNode) throws(ONNXError.Problem)
    -> [Int]
  {
    // In which precision the statistics are computed.
    _ = try node.int("stash_type")
    let first = try node.int("axis", default: -1)
    if first < 0, first >= -1024 { return Array(first..<0) }
    guard let rank = graph.assumedShape(of: try graph.feature(node, 0))?.count,
      (0..<rank).contains(first)
    else { throw .unsupportedAttribute("axis", value: "\(first)") }
    return Array(first..<rank)
  }

  private static func instanceNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let operation = GroupNormalization(
      groups: nil, scale: try graph.tensor(node, 1), shift: try graph.tensor(node, 2),
      epsilon: try epsilon(node))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func groupNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    _ = try node.int("stash_type")
    guard let groups = try node.int("num_groups"), groups > 0 else {
      throw .invalidAttribute("num_groups", reason: "it must be positive")
    }
    let input = try graph.feature(node, 0)
    var parameters = [try graph.tensor(node, 1), try graph.tensor(node, 2)]
    if node.operatorSet < 21 {
      // One number per group, until operator set 21 made it one per channel.
      guard let channels = graph.assumedShape(of: input)?.dropFirst().first, channels < 1 << 24,
        channels % groups == 0, parameters.allSatisfy({ $0.count == groups })
      else { throw .unsupported("factors of shape \(parameters[0].shape) for \(groups) groups") }
      try graph.take(2 * channels)
      parameters = parameters.map { $0.repeated(channels / groups) }
    }
    let operation = GroupNormalization(
      groups: groups, scale: parameters[0], shift: parameters[1], epsilon: try epsilon(node))
    try graph.emit(node, operation, [input])
  }

  private static func lpNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let p = try node.int("p", default: 2)
    guard let norm = LpNormalization.Norm(rawValue: p) else {
      throw .unsupportedAttribute("p", value: "\(p)")
    }
    let operation = LpNormalization(norm, axis: try node.int("axis", default: -1))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func meanVarianceNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    // The standard deviation is added 1e-9 to.
    let operation = LayerNormalization(
      axes: try node.ints("axes") ?? [0, 2, 3], epsilon: 1e-18)
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func epsilon(_ node: ONNXNode) throws(ONNXError.Problem) -> Float {
    let epsilon = try node.float("epsilon", default: 1e-5)
    guard epsilon >= 0, epsilon.isFinite else {
      throw .invalidAttribute("epsilon", reason: "\(epsilon) is not positive")
    }
    return epsilon
  }
}

extension Tensor {
  /// Each element `count` times.
  fileprivate func repeated(_ count: Int) -> Tensor {
    Tensor(
      shape: [self.count * count],
      elements: elements.flatMap { Array(repeating: $0, count: count) })
  }
}
