import ConvolutionalNetworks

/// Operators as old operator sets have them (https://onnx.ai/onnx/operators/, each operator's former versions).
///
/// A node of an old form is written as newer sets have it, with attributes turned into inputs and helpers before it
/// where needed, and imported as that. The ordinary imports know nothing of the old forms.
enum OldOperatorSets {
  /// How an old form of an operator is imported.
  struct Rule: Sendable {
    /// The first operator set whose form the ordinary import knows.
    let end: Int
    let importNode: OperatorImport
  }

  /// The import of a node whose operator had another form in the file's set; `nil` if it is as it is now.
  static func importer(of node: ONNXNode) -> OperatorImport? {
    guard let rule = rules[node.operatorName], node.operatorSet < rule.end else { return nil }
    return rule.importNode
  }

  private static let rules: [String: Rule] = {
    let families = [broadcasting, attributes, trainedOperators, experimentalOperators]
    return families.reduce(into: [:]) { all, family in all.merge(family) { first, _ in first } }
  }()

  /// A rule that leaves out attributes that mean nothing any more.
  static func leavingOut(_ names: Set<String>, before end: Int) -> Rule {
    Rule(
      end: end,
      importNode: { graph, node throws(ONNXError.Problem) in
        try graph.importRewritten(node.rewritten(without: names, operatorSet: end))
      })
  }
}
