/// Who reads and who writes the values of a graph, as it was when it was asked.
struct ValueUses {
  private var readers: [String: Int] = [:]
  private var writers: [String: Int] = [:]
  private let tapped: Set<String>

  init(_ graph: ProgramGraph) {
    tapped = Set(graph.tapped)
    for (position, node) in graph.nodes.enumerated() {
      for input in node.inputs { readers[input, default: 0] += 1 }
      for output in node.outputs { writers[output] = position }
    }
  }

  /// Whether one node alone reads a value, once, and no tap.
  func isPrivate(_ value: String) -> Bool { readers[value] == 1 && !tapped.contains(value) }

  /// Whether no node reads a value.
  func isUnread(_ value: String) -> Bool { readers[value] == nil }

  /// The node that writes a value, unless that is an input.
  func writer(of value: String) -> Int? { writers[value] }

  /// The node that writes a private value.
  func writer(ofPrivate value: String) -> Int? { isPrivate(value) ? writers[value] : nil }
}
