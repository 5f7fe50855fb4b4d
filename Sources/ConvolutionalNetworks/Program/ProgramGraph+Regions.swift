extension ProgramGraph {
  /// Computes of each value only the part that what is wanted of the taps depends on: a single position of a map
  /// depends on its receptive field alone, and its gradient is zero outside.
  ///
  /// Walks back from the taps: where readers want different parts of a value, what all of them are in is computed,
  /// and each reads a slice. Operations that are neither `RegionComputing` nor `Split` read and write everything.
  ///
  /// - Parameter wanted: the part of tapped values of which not everything is read.
  /// - Returns: the part computed of each value.
  mutating func keepRegions(_ wanted: [String: ValueRegion]) -> [String: ValueRegion] {
    var (computed, operations, read) = dependencies(of: wanted)
    let written = Set(nodes.flatMap(\.outputs))
    // Inputs are handed in as a whole.
    for value in computed.keys where !written.contains(value) {
      computed[value] = ValueRegion(whole: shapes[value] ?? [])
    }
    rewrite(operations, read, computed)
    return computed
  }

  /// The part of each value, inputs included, that what is wanted of the taps depends on.
  ///
  /// - Parameter wanted: the part of tapped values of which not everything is read.
  /// - Returns: the parts, and for each node the operation that computes its part and what that reads.
  func dependencies(of wanted: [String: ValueRegion]) -> (
    parts: [String: ValueRegion], operations: [any LayerOperation], read: [[ValueRegion]]
  ) {
    func whole(_ value: String) -> ValueRegion { ValueRegion(whole: shapes[value] ?? []) }
    var computed: [String: ValueRegion] = [:]
    func want(_ region: ValueRegion, of value: String) {
      computed[value] = computed[value]?.union(region) ?? region
    }
    for value in tapped { want(wanted[value] ?? whole(value), of: value) }

    var operations = nodes.map(\.operation)
    var read: [[ValueRegion]] = nodes.map { $0.inputs.map(whole) }
    for position in nodes.indices.reversed() {
      let node = nodes[position]
      if let part = regionComputation(of: node, computed, shapes) {
        operations[position] = part.operation
        read[position] = part.inputs
      } else if let split = node.operation as? Split,
        let parts = split.computing(
          node.outputs.map { computed[$0] }, input: shapes[node.inputs[0]] ?? [],
          outputs: node.outputs.map { shapes[$0] ?? [] })
      {
        for (output, region) in zip(node.outputs, parts.outputs) { computed[output] = region }
        read[position] = [parts.read]
      } else {
        for output in node.outputs { computed[output] = whole(output) }
      }
      for (input, region) in zip(node.inputs, read[position]) { want(region, of: input) }
    }
    return (computed, operations, read)
  }

  /// How a node computes the part that is wanted of its output; `nil` where that is everything.
  private func regionComputation(
    of node: Node, _ computed: [String: ValueRegion], _ shapes: [String: [Int]]
  ) -> RegionComputation? {
    guard node.outputs.count == 1, let shape = shapes[node.outputs[0]],
      let region = computed[node.outputs[0]], !region.isWhole(of: shape), !shape.contains(0),
      let operation = node.operation as? any RegionComputing
    else { return nil }
    return operation.computing(
      region, inputs: node.inputs.map { shapes[$0] ?? [] }, layout: node.layout)
  }

  /// Replaces operations, and lets each node read its parts of what is computed.
  private mutating func rewrite(
    _ operations: [any LayerOperation], _ read: [[ValueRegion]], _ computed: [String: ValueRegion]
  ) {
    struct Part: Hashable {
      let value: String
      let region: ValueRegion
    }
    var slices: [Part: String] = [:]
    var rewritten: [Node] = []
    for (position, node) in nodes.enumerated() {
      let inputs = zip(node.inputs, read[position]).map { value, region in
        guard let whole = computed[value], whole != region else { return value }
        let part = Part(value: value, region: region)
        if let slice = slices[part] { return slice }
        let name = "\(value)\npart \(slices.count)"
        slices[part] = name
        add(name, like: value)
        shapes[name] = region.shape
        rewritten.append(
          Node(
            layer: "", layout: node.layout, operation: region.slice(of: whole), inputs: [value],
            outputs: [name],
            epilogue: .none))
        return name
      }
      rewritten.append(
        Node(
          layer: node.layer, layout: node.layout, operation: operations[position], inputs: inputs,
          outputs: node.outputs, epilogue: node.epilogue))
      for output in node.outputs { shapes[output] = computed[output]?.shape ?? shapes[output] }
    }
    nodes = rewritten
  }
}
