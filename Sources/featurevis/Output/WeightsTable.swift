import NetworkFormats

/// The tensors of a file of weights, as they are listed.
struct WeightsTable: Encodable {
  private let tensors: [Row]

  private struct Row: Encodable {
    let name: String
    let type: String
    let shape: [Int]
  }

  init(_ weights: StateDictionary) {
    tensors = weights.names.map {
      Row(
        name: $0, type: weights.elementType(of: $0).map { "\($0)" } ?? "",
        shape: weights.shape(of: $0) ?? [])
    }
  }

  func printTable() {
    var table = TextTable([.left, .left, .left])
    table.add(["tensor", "type", "shape"])
    for row in tensors { table.add([row.name, row.type, "\(row.shape)"]) }
    table.print()
  }
}
