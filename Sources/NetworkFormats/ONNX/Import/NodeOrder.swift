/// The nodes of a graph, each after those it reads from; nodes keep the file's order where they may.
func orderedNodes(_ nodes: [ONNXNode], known: Set<String>) throws(ONNXError.Problem) -> [ONNXNode] {
  var writers: [String: Int] = [:]
  for (position, node) in nodes.enumerated() {
    for output in node.outputs where !output.isEmpty { writers[output] = position }
  }
  var order: [ONNXNode] = []
  var isPlaced = [Bool](repeating: false, count: nodes.count)
  var waiting = [Int](repeating: 0, count: nodes.count)
  var readers: [Int: [Int]] = [:]
  for (position, node) in nodes.enumerated() {
    for input in Set(node.reads) where !known.contains(input) {
      guard let writer = writers[input] else { continue }
      readers[writer, default: []].append(position)
      waiting[position] += 1
    }
  }
  /// Places a node and whatever waited for it alone and stands earlier in the file.
  func place(from start: Int) {
    var pending = [start]
    while let position = pending.popLast() {
      guard !isPlaced[position], waiting[position] == 0 else { continue }
      isPlaced[position] = true
      order.append(nodes[position])
      for reader in readers[position] ?? [] {
        waiting[reader] -= 1
        if reader < start { pending.append(reader) }
      }
    }
  }
  for position in nodes.indices { place(from: position) }
  guard order.count == nodes.count else {
    throw .cycle(nodes: nodes.indices.filter { !isPlaced[$0] }.prefix(5).map { nodes[$0].name })
  }
  return order
}
