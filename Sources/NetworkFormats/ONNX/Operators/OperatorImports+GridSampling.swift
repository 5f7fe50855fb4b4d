import ConvolutionalNetworks

extension OperatorImports {
  static let gridSamplings: [String: OperatorImport] = ["GridSample": gridSample]

  private static func gridSample(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let interpolation: GridSampling.Interpolation = try node.choice(
      "mode", default: "linear",
      of: [
        "linear": .linear, "bilinear": .linear, "nearest": .nearest, "cubic": .cubic,
        "bicubic": .cubic,
      ])
    let surroundings: GridSampling.Surroundings = try node.choice(
      "padding_mode", default: "zeros",
      of: ["zeros": .zeros, "border": .border, "reflection": .reflection])
    let operation = GridSampling(
      interpolation, surroundings: surroundings,
      alignsCorners: try node.flag("align_corners"))
    try graph.emit(node, operation, [try graph.feature(node, 0), try graph.feature(node, 1)])
  }
}
