/// Which values of a graph somebody reads as the integers that they are.
///
/// Operators on quantized numbers are computed with the real numbers that these stand for, and so are those between them
/// that only move elements. What only these read need not be there as integers.
struct IntegerReads {
  /// The values that nobody reads as integers.
  private var realNames: Set<String> = []
  /// The values of which elements are only moved.
  private var moved: Set<String> = []

  /// Operators whose outputs are elements of their first input, or lie between them.
  private static let movers: Set = [
    "DepthToSpace", "Expand", "Flatten", "Gather", "Identity", "MaxPool", "Reshape",
    "Resize", "Slice", "SpaceToDepth", "Split", "Squeeze", "Tile", "Transpose", "Unsqueeze",
  ]

  /// Reads of a graph without nodes.
  init() {}

  /// - Parameter graph: the file's; what bodies within it name is read as integers.
  init(_ graph: ONNXGraphProto) {
    guard graph.node.contains(where: { OperatorImports.isQuantizing($0.opType) }) else { return }
    var integers = Set(graph.output.map(\.name))
    // What a value is moved from, by its name.
    var origins: [String: String] = [:]
    for node in graph.node {
      for attribute in node.attribute where attribute.hasG {
        integers.formUnion(attribute.g.freeNames)
      }
      if OperatorImports.isQuantizing(node.opType) {
        realNames.formUnion(node.input)
        continue
      }
      let isMover = Self.moves(node.opType)
      for (position, input) in node.input.enumerated() where !input.isEmpty {
        if isMover, position == 0 {
          moved.insert(input)
          for output in node.output { origins[output] = input }
        } else {
          integers.insert(input)
        }
      }
    }
    realNames.formUnion(moved)
    var pending = Array(integers)
    while let name = pending.popLast() {
      if let origin = origins[name], integers.insert(origin).inserted { pending.append(origin) }
    }
    realNames.subtract(integers)
  }

  /// Whether an operator only moves elements.
  static func moves(_ operatorName: String) -> Bool { movers.contains(operatorName) }

  /// Whether a value has to be there as integers.
  func contains(_ name: String) -> Bool { !realNames.contains(name) }

  /// Whether an operator that only moves elements reads a value.
  func moves(_ name: String) -> Bool { moved.contains(name) }
}
