import ConvolutionalNetworks

/// Nodes that are not supported stay in the network as layers that are not computed.
extension GraphImport {
  /// Marks the outputs of a node that its import left undefined.
  mutating func closeOutputs(of node: ONNXNode) {
    for output in node.outputs where !output.isEmpty && values[output] == nil {
      unsupportedOutputs[output] = node.name
    }
  }

  /// Takes back the layers that a node made before it turned out that it is not supported.
  mutating func takeBack(
    _ node: ONNXNode, layersFrom position: Int, unsupportedFrom first: Int
  ) {
    for layer in layers[position...] {
      layerNames.remove(layer.name)
      for value in layer.outputs {
        placedConstants.remove(value)
        if case .feature = values[value] { values[value] = nil }
      }
    }
    layers.removeSubrange(position...)
    for output in node.outputs { values[output] = nil }
    // Nodes of its body among them.
    unsupported.removeSubrange(first...)
  }

  /// Keeps a node as a layer that is not computed, since only what depends on it needs it.
  mutating func leaveOut(_ node: ONNXNode, because problem: ONNXError.Problem)
    throws(ONNXError.Problem)
  {
    warn("node '\(node.name)' (\(node.operatorName)): \(problem)")
    unsupported.append((node, problem))
    let operation = UnsupportedOperation(kind: node.operatorName, reason: "\(problem)")
    let inputs = node.inputs.compactMap { name in
      if case .feature(let feature, _) = values[name] { feature } else { nil }
    }
    let outputs = node.outputs.filter { !$0.isEmpty && values[$0] == nil }
    guard !outputs.isEmpty else { return }
    let name = layerNames.unused(node.name, orElse: outputs[0])
    try add(Layer(name, operation, inputs: inputs, outputs: outputs))
    for output in outputs { try define(output, .feature(output, isInteger: false)) }
  }

  /// Whether nothing that depends on an input can be computed.
  var isWhollyUnsupported: Bool {
    guard !unsupported.isEmpty else { return false }
    enum State: Int { case constant, computed, unsupported }
    var states: [String: State] = [:]
    for layer in layers {
      // What no layer writes is an input of the network.
      let read = layer.inputs.map { states[$0] ?? .computed }
      var state = read.max { $0.rawValue < $1.rawValue } ?? .constant
      if layer.operation is UnsupportedOperation { state = .unsupported }
      if state == .computed { return false }
      for output in layer.outputs { states[output] = state }
    }
    return true
  }
}
