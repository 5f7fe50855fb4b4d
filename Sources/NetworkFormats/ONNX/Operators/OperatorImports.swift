import ConvolutionalNetworks

/// Imports a node of one operator: adds layers to the graph or says which numbers its outputs are.
typealias OperatorImport =
  @Sendable (inout GraphImport, ONNXNode) throws(ONNXError.Problem) -> Void

/// How each ONNX operator is imported; a new one goes into the table of its family.
enum OperatorImports {
  /// Every operator that is imported, by domain and name.
  static let domains: [String: [String: OperatorImport]] = [
    "": all,
    "com.microsoft": merged([
      quantizations, quantizedOperators, contributedQuantizedProducts, quantizedRecurrences,
      fusedActivations, fusedProducts, contributedNormalizations, contributedAttentions,
      all.filter { adoptedOperators.contains($0.key) },
    ]),
  ]

  /// Operators that onnxruntime had before ONNX did, or has as if they were ONNX' own.
  private static let adoptedOperators: Set = [
    "GridSample", "LayerNormalization", "SimplifiedLayerNormalization", "Trilu",
  ]

  /// Every operator of ONNX itself that is imported, by name.
  static let all: [String: OperatorImport] = merged([
    convolutions, products, sums, poolings, unpoolings, activations, normalizations,
    standardizations, arithmetic, mathFunctions, reductions, arrangements, repetitions, blocks,
    conditions, selections, indexings, rankings, gridSamplings, attentions, resamplings, shapes,
    sequences, recurrences, quantizations, integerProducts, quantizedOperators,
  ])

  private static func merged(_ families: [[String: OperatorImport]]) -> [String: OperatorImport] {
    families.reduce(into: [:]) { all, family in all.merge(family) { first, _ in first } }
  }
}
