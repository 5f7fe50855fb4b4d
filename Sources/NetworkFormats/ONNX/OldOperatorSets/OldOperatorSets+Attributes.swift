import ConvolutionalNetworks

/// Attributes that have another name, another type or another default by now, or have become inputs.
extension OldOperatorSets {
  static let attributes: [String: Rule] = [
    "Cast": Rule(end: 6, importNode: cast),
    "Concat": Rule(end: 4, importNode: concatenation),
    "Reshape": Rule(end: 5, importNode: reshape),
    "Split": Rule(end: 2, importNode: split),
    "Tile": Rule(end: 6, importNode: tile),
    "TopK": Rule(end: 10, importNode: largestElements),
    "Pad": Rule(end: 2, importNode: pad),
    "Upsample": Rule(end: 7, importNode: upsample),
    "LpPool": Rule(end: 2, importNode: normPooling),
    "GlobalLpPool": Rule(end: 2, importNode: normPooling),
    "LSTM": leavingOut(["output_sequence"], before: 7),
    "GRU": leavingOut(["output_sequence"], before: 7),
    "RNN": leavingOut(["output_sequence"], before: 7),
  ]

  /// The type was written by its name.
  private static func cast(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    let name = try node.string("to", default: "")
    guard let type = elementTypes[name.uppercased()] else {
      throw .unsupportedAttribute("to", value: "'\(name)'")
    }
    try graph.importRewritten(
      node.rewritten(with: ["to": .int(type.rawValue)], operatorSet: 6))
  }

  private static let elementTypes: [String: ONNXTensorProto.DataType] = [
    "FLOAT": .float, "FLOAT16": .float16, "DOUBLE": .double, "BOOL": .bool,
    "INT8": .int8, "INT16": .int16, "INT32": .int32, "INT64": .int64,
    "UINT8": .uint8, "UINT16": .uint16, "UINT32": .uint32, "UINT64": .uint64,
  ]

  private static func concatenation(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let axis = try node.int("axis", default: 1)
    try graph.importRewritten(node.rewritten(with: ["axis": .int(axis)], operatorSet: 4))
  }

  private static func reshape(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let shape = try node.ints("shape") else {
      throw .invalidAttribute("shape", reason: "it is missing")
    }
    let input = try graph.integerHelper(node, "shape", shape)
    try graph.importRewritten(
      node.rewritten(inputs: [node.inputs[0], input], without: ["shape"], operatorSet: 5))
  }

  /// The sizes could be an input, as they are again.
  private static func split(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    try graph.importRewritten(node.rewritten(operatorSet: node.hasInput(1) ? 13 : 2))
  }

  /// Only one axis was repeated.
  private static func tile(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    guard let tiles = try graph.integers(node, 1), tiles.count == 1 else {
      throw .missingInput(position: 1)
    }
    guard let axis = try graph.integers(node, 2), axis.count == 1 else {
      throw .missingInput(position: 2)
    }
    let rank = try graph.rank(node, 0)
    guard (-rank..<rank).contains(axis[0]) else {
      throw .unsupported("repeating along axis \(axis[0]) of \(rank)")
    }
    var repeats = [Int](repeating: 1, count: rank)
    repeats[axis[0] < 0 ? axis[0] + rank : axis[0]] = tiles[0]
    let input = try graph.integerHelper(node, "repeats", repeats)
    try graph.importRewritten(
      node.rewritten(inputs: [node.inputs[0], input], operatorSet: 6))
  }

  private static func largestElements(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let count = try node.int("k") else {
      throw .invalidAttribute("k", reason: "it is missing")
    }
    let input = try graph.integerHelper(node, "k", [count])
    try graph.importRewritten(
      node.rewritten(inputs: [node.inputs[0], input], without: ["k"], operatorSet: 10))
  }

  private static func pad(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem) {
    guard let amounts = try node.ints("paddings") else {
      throw .invalidAttribute("paddings", reason: "it is missing")
    }
    try graph.importRewritten(
      node.rewritten(without: ["paddings"], with: ["pads": .ints(amounts)], operatorSet: 2))
  }

  private static func upsample(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    guard let height = try node.float("height_scale"), let width = try node.float("width_scale")
    else { throw .invalidAttribute("height_scale", reason: "it or width_scale is missing") }
    let mode = try node.choice(
      "mode", default: "nearest", of: ["nearest": "nearest", "bilinear": "linear"])
    try graph.importRewritten(
      node.rewritten(
        without: ["height_scale", "width_scale"],
        with: ["mode": .string(mode), "scales": .floats([1, 1, height, width])], operatorSet: 7))
  }

  /// The order of the norm was a float.
  private static func normPooling(_ graph: inout GraphImport, _ node: ONNXNode)
    throws(ONNXError.Problem)
  {
    let p = try node.float("p", default: 2)
    guard let order = Int(exactly: p) else { throw .unsupportedAttribute("p", value: "\(p)") }
    try graph.importRewritten(node.rewritten(with: ["p": .int(order)], operatorSet: 2))
  }
}
