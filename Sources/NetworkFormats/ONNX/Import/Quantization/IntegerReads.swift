/// Which values of a graph somebody reads as the integers that they are.
///
/// Operators on quantized numbers are computed with the real numbers that these stand for, and so are those between them
/// that only move elements. What only these read need not be there as integers.
struct IntegerReads {
  /// The values read by others.
  private var names: Set<String>
  /// The values of which elements are only moved.
  private var moved: Set<String> = []
  /// Whether there is anything quantized at all.
  let isQuantized: Bool

  /// Operators whose outputs are elements of their first input, or lie between them.
  private static let movers: Set = [
    "DepthToSpace", "Expand", "Flatten", "Gather", "Identity", "MaxPool", "Reshape",
    "Resize", "Slice", "SpaceToDepth", "Split", "Squeeze", "Tile", "Transpose", "Unsqueeze",
  ]

  /// Reads of a graph without nodes.
  init() { (names, isQuantized) = ([], false) }

  init(_ graph: ONNXGraphProto) {
    isQuantized = graph.node.contains { OperatorImports.isQuantizing($0.opType) }
    names = []
    guard isQuantized else { return }
    names = Set(graph.output.map(\.name))
    var pending = graph.output.map(\.name)
    // What a value is moved from, by its name.
    var origins: [String: String] = [:]
    for node in graph.node where !OperatorImports.isQuantizing(node.opType) {
      let isMover = Self.moves(node.opType)
      for (position, input) in node.input.enumerated() where !input.isEmpty {
        if isMover, position == 0 {
          moved.insert(input)
          for output in node.output { origins[output] = input }
        } else if names.insert(input).inserted {
          pending.append(input)
        }
      }
    }
    while let name = pending.popLast() {
      if let origin = origins[name], names.insert(origin).inserted { pending.append(origin) }
    }
  }

  /// Whether an operator only moves elements.
  static func moves(_ operatorName: String) -> Bool { movers.contains(operatorName) }

  /// Whether a value has to be there as integers.
  func contains(_ name: String) -> Bool { !isQuantized || names.contains(name) }

  /// Whether an operator that only moves elements reads a value.
  func moves(_ name: String) -> Bool { moved.contains(name) }
}
