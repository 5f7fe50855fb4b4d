extension ProgramGraph {
  /// Computes only some units of a tapped value, where it and all that lies between it and the layer that computes
  /// its units have no other reader.
  ///
  /// - Parameter units: ascending, each once, fewer than there are.
  /// - Parameter uses: of this graph, which stay as they are.
  /// - Returns: the layer whose other units have gone; `nil` where the graph stays as it is.
  mutating func keepUnits(_ units: [Int], of tap: String, _ uses: ValueUses) -> String? {
    var edited: [(position: Int, operation: any LayerOperation)] = []
    var value = tap
    while true {
      guard value == tap ? uses.isUnread(value) : uses.isPrivate(value),
        let position = uses.writer(of: value), nodes[position].outputs == [value],
        nodes[position].inputs.count == 1,
        let operation = nodes[position].operation as? any UnitSelecting,
        let selection = operation.selecting(
          units, input: shapes[nodes[position].inputs[0]] ?? [], layout: nodes[position].layout)
      else { return nil }
      edited.append((position, selection))
      if operation is any UnitComputing { break }
      value = nodes[position].inputs[0]
    }
    for (position, operation) in edited {
      replaceOperation(at: position, with: operation, unitCount: units.count)
    }
    return edited.last.map { nodes[$0.position].layer }
  }

  /// The number of channels of a feature map, else the extent of the last axis.
  func unitCount(of value: String) -> Int {
    guard let shape = shapes[value], let axis = unitAxis(of: value) else { return 0 }
    return shape[axis]
  }

  private func unitAxis(of value: String) -> Int? {
    guard let rank = shapes[value]?.count, rank >= 2 else { return nil }
    return rank == 2 ? 1 : layout(of: value).channelAxis(rank: rank)
  }

  private mutating func replaceOperation(
    at position: Int, with operation: any LayerOperation, unitCount: Int
  ) {
    let node = nodes[position]
    let bias = (operation as? Dense)?.bias ?? (operation as? Convolution)?.bias
    nodes[position] = Node(
      layer: node.layer, layout: node.layout, operation: operation, inputs: node.inputs,
      outputs: node.outputs,
      epilogue: Epilogue(bias: bias))
    if let axis = unitAxis(of: node.outputs[0]) { shapes[node.outputs[0]]?[axis] = unitCount }
  }
}
