internal import ConvolutionalNetworks

/// A network as it is drawn: inputs, layers with weights, layers that join several values, pooling, and those of the gallery.
/// Others are left out, and their readers read what they read.
struct LayerGraph: Encodable {
  /// A layer, or an input of the network.
  struct Node: Encodable {
    let name: String
    let kind: String
    /// The place among the network's layers; `nil` of an input.
    let position: Int?
    /// How many nodes lie before it on the longest way from an input.
    fileprivate(set) var rank: Int
    /// Where it lies from left to right: the nodes of a rank are 1 apart, and their middle is 0.
    fileprivate(set) var x: Double = 0
  }

  /// The nodes, each behind those that it reads.
  private(set) var nodes: [Node] = []
  /// Pairs of nodes: what is read, and by whom.
  private(set) var edges: [[Int]] = []

  /// - Parameter shown: the places of layers that are there whatever they are.
  init(of network: NeuralNetwork, showing shown: Set<Int>) {
    // The node that a value is handed out by; `nil` of constants.
    var nodeOfValue: [String: Int] = [:]
    for input in network.inputs {
      nodeOfValue[input.name] = nodes.count
      nodes.append(Node(name: input.name, kind: "Input", position: nil, rank: 0))
    }
    for (position, layer) in network.layers.enumerated() {
      var sources: [Int] = []
      for source in layer.inputs.compactMap({ nodeOfValue[$0] }) where !sources.contains(source) {
        sources.append(source)
      }
      guard let first = sources.first else { continue }
      guard shown.contains(position) || sources.count > 1 || Self.isDrawn(layer.operation) else {
        for value in layer.outputs { nodeOfValue[value] = first }
        continue
      }
      for value in layer.outputs { nodeOfValue[value] = nodes.count }
      edges += sources.map { [$0, nodes.count] }
      let rank = 1 + (sources.map { nodes[$0].rank }.max() ?? 0)
      nodes.append(
        Node(name: layer.name, kind: layer.operation.kind, position: position, rank: rank))
    }
    place()
  }

  private static func isDrawn(_ operation: any LayerOperation) -> Bool {
    switch operation {
    case is Convolution, is Dense, is Pooling, is GlobalPooling, is TransposedConvolution: true
    default: false
    }
  }

  /// Puts the nodes of a rank in the order of the middles of what they read.
  private mutating func place() {
    var sources = [[Int]](repeating: [], count: nodes.count)
    for edge in edges { sources[edge[1]].append(edge[0]) }
    let ranks = Dictionary(grouping: nodes.indices) { nodes[$0].rank }
    for rank in ranks.keys.sorted() {
      let middles = (ranks[rank] ?? []).map { node in
        let xs = sources[node].map { nodes[$0].x }
        return (node: node, x: xs.isEmpty ? 0 : xs.reduce(0, +) / Double(xs.count))
      }
      let ordered = middles.sorted { ($0.x, $0.node) < ($1.x, $1.node) }
      for (place, entry) in ordered.enumerated() {
        nodes[entry.node].x = Double(place) - Double(ordered.count - 1) / 2
      }
    }
  }
}
