import ConvolutionalNetworks

/// Imports a node of one operator: adds layers to the graph or says which numbers its outputs are.
typealias OperatorImport =
  @Sendable (inout GraphImport, ONNXNode) throws(ONNXError.Problem) -> Void

/// How each ONNX operator is imported; a new one goes into the table of its family.
enum OperatorImports {
  /// Every operator that is imported, by domain and name.
  static let domains: [String: [String: OperatorImport]] = [
    "": all,
    "com.microsoft": [quantizations, quantizedOperators, contributedQuantizedProducts]
      .reduce(into: [:]) { all, family in all.merge(family) { first, _ in first } },
  ]

  /// Every operator of ONNX itself that is imported, by name.
  static let all: [String: OperatorImport] = {
    let families = [
      convolutions, products, poolings, activations, normalizations, standardizations, arithmetic,
      mathFunctions, reductions, arrangements, repetitions, blocks, conditions, selections,
      indexings, rankings, gridSamplings,
      resamplings, shapes, recurrences, quantizations, integerProducts, quantizedOperators,
    ]
    return families.reduce(into: [:]) { all, family in all.merge(family) { first, _ in first } }
  }()
}
