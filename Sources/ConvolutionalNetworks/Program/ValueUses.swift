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

  /// The node that writes a value which one node alone reads, once, and no tap.
  func writer(ofPrivate value: String) -> Int? {
    readers[value] == 1 && !tapped.contains(value) ? writers[value] : nil
  }
}
