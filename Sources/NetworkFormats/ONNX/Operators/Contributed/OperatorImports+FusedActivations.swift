import ConvolutionalNetworks

/// onnxruntime's operators that an activation is fused into. What it is applied to stays a layer, `<node>/linear`.
/// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
extension OperatorImports {
  static let fusedActivations: [String: OperatorImport] = [
    "FusedConv": fusedConvolution, "FusedGemm": fusedProduct,
    "Gelu": biasedActivation { _ throws(ONNXError.Problem) in .gelu(approximate: false) },
    "BiasGelu": biasedActivation { _ throws(ONNXError.Problem) in .gelu(approximate: false) },
    "FastGelu": biasedActivation { _ throws(ONNXError.Problem) in .gelu(approximate: true) },
    "QuickGelu": biasedActivation { node throws(ONNXError.Problem) in
      .swish(alpha: try node.float("alpha", default: 1.702))
    },
  ]

  /// `f(Conv(X, W, B) + Z)`; the bias and the summand may be left out.
  private static func fusedConvolution(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let numbers = try node.floats("activation_params") ?? []
    let function = try activation(of: node, numbers.map(Optional.some))
    let operands = Array(node.inputs.prefix(3))
    guard node.hasInput(3) else {
      return try activate(&graph, node, "Conv", operands, function)
    }
    let convolution = graph.unusedName("\(node.outputs[0])/convolution")
    try graph.importRewritten(
      ONNXNode(
        node, as: "Conv", named: "\(node.name)/convolution", inputs: operands,
        outputs: [convolution]))
    try activate(&graph, node, "Add", [convolution, node.inputs[3]], function)
  }

  /// `f(alpha · A·B + beta · C)`
  private static func fusedProduct(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    var numbers: [Float?] = []
    for name in ["alpha", "beta", "gamma"] {
      numbers.append(try node.float("activation_\(name)"))
    }
    try activate(&graph, node, "Gemm", node.inputs, try activation(of: node, numbers))
  }

  /// Imports another operator with the node's attributes and an activation of what it makes.
  private static func activate(
    _ graph: inout GraphImport, _ node: ONNXNode, _ operatorName: String, _ inputs: [String],
    _ function: ActivationFunction
  ) throws(ONNXError.Problem) {
    let isLinear = function == .linear
    let linear = isLinear ? node.outputs[0] : graph.unusedName("\(node.outputs[0])/linear")
    try graph.importRewritten(
      ONNXNode(
        node, as: operatorName, named: isLinear ? node.name : "\(node.name)/linear",
        inputs: inputs, outputs: [linear]))
    guard !isLinear else { return }
    try graph.emit(node, Activation(function), [try graph.feature(linear)], isInteger: false)
  }

  /// An activation of a value, or of its sum with a bias.
  private static func biasedActivation(
    _ function: @escaping @Sendable (ONNXNode) throws(ONNXError.Problem) -> ActivationFunction
  ) -> OperatorImport {
    { graph, node throws(ONNXError.Problem) in
      var value = try graph.feature(node, 0)
      if node.hasInput(1) {
        value = try graph.emitHelper(
          node, "linear", Arithmetic(.add), [value, try graph.feature(node, 1)])
      }
      try graph.emit(node, Activation(try function(node)), [value])
    }
  }

  /// The activation that a node names, with its numbers in the order in which onnxruntime writes them.
  private static func activation(of node: ONNXNode, _ numbers: [Float?]) throws(ONNXError.Problem)
    -> ActivationFunction
  {
    func number(_ position: Int, else value: Float) -> Float {
      (position < numbers.count ? numbers[position] : nil) ?? value
    }
    switch try node.string("activation", default: "") {
    case "": return .linear
    case "Relu": return .relu
    case "Tanh": return .tanh
    case "Sigmoid": return .sigmoid
    case "Softplus": return .softplus
    case "Softsign": return .softsign
    case "LeakyRelu": return .leakyReLU(slope: number(0, else: 0.01))
    case "ThresholdedRelu": return .thresholdedReLU(threshold: number(0, else: 1))
    case "Elu": return .elu(alpha: number(0, else: 1))
    case "Selu":
      return .selu(alpha: number(0, else: 1.673_263_2), scale: number(1, else: 1.050_701))
    case "HardSigmoid":
      return .hardSigmoid(alpha: number(0, else: 0.2), beta: number(1, else: 0.5))
    case "Clip":
      let upper = number(1, else: .infinity)
      return .clip(minimum: min(number(0, else: -.infinity), upper), maximum: upper)
    case let other: throw .unsupportedAttribute("activation", value: "'\(other)'")
    }
  }
}
