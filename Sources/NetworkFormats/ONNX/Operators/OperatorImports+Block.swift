import ConvolutionalNetworks

/// Operators that move blocks of cells into channels and back.
extension OperatorImports {
  static let blocks: [String: OperatorImport] = [
    "DepthToSpace": { graph, node throws(ONNXError.Problem) in
      let order: DepthToSpace.Order = try node.choice(
        "mode", default: "DCR", of: ["DCR": .depthColumnRow, "CRD": .columnRowDepth])
      let operation = DepthToSpace(blockSize: try blockSize(node), order: order)
      try graph.emit(node, operation, [try graph.feature(node, 0)])
    },
    "SpaceToDepth": { graph, node throws(ONNXError.Problem) in
      let operation = SpaceToDepth(blockSize: try blockSize(node))
      try graph.emit(node, operation, [try graph.feature(node, 0)])
    },
  ]

  private static func blockSize(_ node: ONNXNode) throws(ONNXError.Problem) -> Int {
    guard let size = try node.int("blocksize"), size > 0 else {
      throw .invalidAttribute("blocksize", reason: "it is no size of a block")
    }
    return size
  }
}
