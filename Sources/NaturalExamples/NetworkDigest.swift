internal import CFVFiles
package import ConvolutionalNetworks

/// What tells one network from another: the SHA-256 of its layers, its weights and how pictures are fed to it.
package enum NetworkDigest {
  /// The digest in hexadecimal digits.
  ///
  /// - Complexity: O(weights).
  package static func text(of network: NeuralNetwork, heldInputs: [String: Tensor]) -> String {
    var hash = SHA256()
    func add(_ text: String) {
      (Array(text.utf8) + [0]).withUnsafeBytes { hash.append($0) }
    }
    func add(_ tensor: Tensor) {
      add("\(tensor.shape)")
      tensor.withUnsafeBufferPointer { hash.append(UnsafeRawBufferPointer($0)) }
    }
    for input in network.inputs {
      add("\(input.name) \(input.shape) \(input.specification.map { "\($0)" } ?? "")")
    }
    for layer in network.layers {
      add("\(layer.name) \(layer.operation.kind) \(layer.inputs) \(layer.outputs)")
      for parameter in layer.operation.parameters {
        add(parameter.name)
        add(parameter.values)
      }
    }
    for (name, tensor) in heldInputs.sorted(by: { $0.key < $1.key }) {
      add(name)
      add(tensor)
    }
    return hash.hexadecimal()
  }
}
