import ConvolutionalNetworks

extension OperatorImports {
  static let normalizations: [String: OperatorImport] = [
    "BatchNormalization": batchNormalization, "LRN": localResponseNormalization,
    "Dropout": dropout,
  ]

  private static func batchNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try node.require("training_mode", toBe: 0)
    try node.require("spatial", toBe: 1)
    // How training would update the statistics.
    _ = try node.float("momentum")
    let statistics = (
      scale: try graph.tensor(node, 1), shift: try graph.tensor(node, 2),
      mean: try graph.tensor(node, 3), variance: try graph.tensor(node, 4)
    )
    let operation = BatchNormalization(
      scale: statistics.scale, shift: statistics.shift, mean: statistics.mean,
      variance: statistics.variance, epsilon: try node.float("epsilon", default: 1e-5))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  private static func localResponseNormalization(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let size = try node.int("size"), (1...1 << 24).contains(size) else {
      throw .invalidAttribute("size", reason: "it must be positive")
    }
    let operation = LocalResponseNormalization(
      size: size, alpha: try node.float("alpha", default: 1e-4),
      beta: try node.float("beta", default: 0.75), bias: try node.float("bias", default: 1))
    try graph.emit(node, operation, [try graph.feature(node, 0)])
  }

  /// Dropout passes everything on once training is over.
  private static func dropout(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    _ = try (node.float("ratio"), node.int("seed"))
    if let training = try graph.optionalNumber(node, 2), training != 0 {
      throw .unsupported("dropout in training")
    }
    try graph.emit(node, Identity(kind: "Dropout"), [try graph.feature(node, 0)])
  }
}
