import ConvolutionalNetworks

extension OperatorImports {
  static let activations: [String: OperatorImport] = [
    "Relu": activation { _ throws(ONNXError.Problem) in .relu },
    "Sigmoid": activation { _ throws(ONNXError.Problem) in .sigmoid },
    "Tanh": activation { _ throws(ONNXError.Problem) in .tanh },
    "Softplus": activation { _ throws(ONNXError.Problem) in .softplus },
    "HardSwish": activation { _ throws(ONNXError.Problem) in .hardSwish },
    "Mish": activation { _ throws(ONNXError.Problem) in .mish },
    "Softsign": activation { _ throws(ONNXError.Problem) in .softsign },
    "LeakyRelu": activation { node throws(ONNXError.Problem) in
      .leakyReLU(slope: try node.float("alpha", default: 0.01))
    },
    "Elu": activation { node throws(ONNXError.Problem) in
      .elu(alpha: try node.float("alpha", default: 1))
    },
    "Celu": activation { node throws(ONNXError.Problem) in
      .celu(alpha: try node.float("alpha", default: 1))
    },
    "ThresholdedRelu": activation { node throws(ONNXError.Problem) in
      .thresholdedReLU(threshold: try node.float("alpha", default: 1))
    },
    "Selu": activation { node throws(ONNXError.Problem) in
      .selu(
        alpha: try node.float("alpha", default: 1.673_263_2),
        scale: try node.float("gamma", default: 1.050_701))
    },
    "HardSigmoid": activation { node throws(ONNXError.Problem) in
      .hardSigmoid(
        alpha: try node.float("alpha", default: 0.2), beta: try node.float("beta", default: 0.5))
    },
    "Gelu": activation { node throws(ONNXError.Problem) in
      .gelu(
        approximate: try node.choice(
          "approximate", default: "none", of: ["none": false, "tanh": true]))
    },
    "Swish": activation { node throws(ONNXError.Problem) in
      .swish(alpha: try node.float("alpha", default: 1))
    },
    "PRelu": parametricReLU, "Clip": clip, "Softmax": softmax, "LogSoftmax": logSoftmax,
  ]

  private static func activation(
    _ function: @escaping @Sendable (ONNXNode) throws(ONNXError.Problem) -> ActivationFunction
  ) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      try graph.emit(node, Activation(try function(node)), [try graph.feature(node, 0)])
    }
  }

  private static func parametricReLU(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let slopes = try graph.tensor(node, 1)
    try graph.emit(
      node, Activation(.parametricReLU(slopes: slopes)), [try graph.feature(node, 0)])
  }

  private static func clip(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    let minimum: Float?
    let maximum: Float?
    if node.operatorSet < 11 {
      minimum = try node.float("min")
      maximum = try node.float("max")
    } else {
      minimum = try graph.optionalNumber(node, 1)
      maximum = try graph.optionalNumber(node, 2)
    }
    let upper = maximum ?? .infinity
    // Where the bounds are the wrong way round, the upper one wins.
    let lower = min(minimum ?? -.infinity, upper)
    try graph.emit(
      node, Activation(.clip(minimum: lower, maximum: upper)), [try graph.feature(node, 0)])
  }

  private static func softmax(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try normalizedExponential(&graph, node) { .softmax(axis: $0) }
  }

  private static func logSoftmax(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try normalizedExponential(&graph, node) { .logSoftmax(axis: $0) }
  }

  private static func normalizedExponential(
    _ graph: inout GraphImport, _ node: ONNXNode, _ function: (Int) -> ActivationFunction
  ) throws(ONNXError.Problem) {
    let input = try graph.feature(node, 0)
    let axis = try node.int("axis", default: node.operatorSet < 13 ? 1 : -1)
    let rank = graph.assumedShape(of: input)?.count
    if node.operatorSet >= 13 || axis == -1 || axis + 1 == rank {
      return try graph.emit(node, Activation(function(axis)), [input])
    }
    // Before operator set 13 all axes from `axis` on were one. The layer in the middle has the node's
    // name, so that the softmax can be replaced by that.
    let flat = try graph.emitHelper(node, "flattened", Flatten(axis: axis), [input])
    try graph.emit(node, Activation(function(-1)), [flat], inShapeOf: input)
  }
}
