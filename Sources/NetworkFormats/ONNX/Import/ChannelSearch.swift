/// Finds the axis of an input's channels by where the network uses it: exporters turn pictures with channels last round
/// before the first convolution.
struct ChannelSearch {
  private var readers: [String: [ONNXNodeProto]] = [:]

  /// The most nodes that are walked from an input.
  private static let mostNodes = 64
  /// Operators that give each element its own place.
  private static let elementwise: Set<String> = [
    "Add", "Cast", "Clip", "DequantizeLinear", "Div", "Dropout", "Identity", "Max", "Min", "Mul",
    "Pad",
    "Pow", "QuantizeLinear", "Relu", "Resize", "Sub", "Upsample",
  ]
  /// Operators whose first input has its channels on axis 1.
  private static let channelwise: Set<String> = [
    "AveragePool", "BatchNormalization", "Conv", "ConvInteger", "ConvTranspose", "FusedConv",
    "GlobalAveragePool", "GlobalMaxPool", "InstanceNormalization", "LRN", "MaxPool", "QLinearConv",
  ]

  init(_ graph: ONNXGraphProto) {
    for node in graph.node { for input in node.input { readers[input, default: []].append(node) } }
  }

  /// The axis of the channels of an input of `rank` axes; `nil` where nothing tells.
  func channelAxis(of input: String, rank: Int) -> Int? {
    // For each axis of a value the one of the input that it is.
    var pending = [(value: input, axes: Array(0..<rank))]
    var walked = 0
    var position = 0
    // The nearest use counts.
    while position < pending.count {
      let (value, axes) = pending[position]
      position += 1
      for node in readers[value] ?? [] {
        walked += 1
        guard walked <= Self.mostNodes else { return nil }
        if Self.channelwise.contains(node.opType), node.input.first == value { return axes[1] }
        guard let output = node.output.first else { continue }
        if node.opType == "Transpose" {
          let permutation = node.attribute.first { $0.name == "perm" }?.ints.map { Int($0) }
          let turned = permutation ?? Array((0..<rank).reversed())
          guard turned.sorted() == Array(0..<rank) else { continue }
          pending.append((output, turned.map { axes[$0] }))
        } else if Self.elementwise.contains(node.opType) {
          pending.append((output, axes))
        }
      }
    }
    return nil
  }
}
