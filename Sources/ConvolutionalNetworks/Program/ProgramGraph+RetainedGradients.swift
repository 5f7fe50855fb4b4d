extension ProgramGraph {
  /// Puts a probe behind each of some values: its readers and taps then see what the probe hands on.
  ///
  /// - Throws: `VisualizationError.unreachedLayer` for the first layer whose value is not computed.
  mutating func probe(_ values: [String], of layers: [LayerID]) throws(VisualizationError) {
    let written = Set(nodes.flatMap(\.outputs))
    for (layer, value) in zip(layers, values) where !written.contains(value) {
      throw .unreachedLayer("\(layer)")
    }
    let probed = Set(values)
    nodes = nodes.flatMap { node in
      var node = node
      var probes: [Node] = []
      for (index, value) in node.outputs.enumerated() where probed.contains(value) {
        // A value name with a line feed cannot come from a file's layer, which would be one line.
        let hidden = value + "\nbefore its probe"
        add(hidden, like: value)
        node.outputs[index] = hidden
        probes.append(
          Node(
            layer: node.layer, layout: node.layout, operation: GradientProbe(), inputs: [hidden],
            outputs: [value],
            epilogue: .none))
      }
      return [node] + probes
    }
  }
}
