internal import CFVDigests
internal import ConvolutionalNetworks

/// What tells one network from another: the SHA-256 of its layers, its weights and how pictures are fed to it.
enum NetworkDigest {
  /// The digest in hexadecimal digits.
  ///
  /// - Complexity: O(weights).
  static func text(of network: NeuralNetwork, heldInputs: [String: Tensor]) -> String {
    var hash = cfv_sha256()
    cfv_sha256_begin(&hash)
    func add(_ text: String) {
      let bytes = Array(text.utf8) + [0]
      cfv_sha256_append(&hash, bytes, bytes.count)
    }
    func add(_ tensor: Tensor) {
      add("\(tensor.shape)")
      tensor.withUnsafeBufferPointer { numbers in
        guard let base = numbers.baseAddress else { return }
        cfv_sha256_append(&hash, base, numbers.count * MemoryLayout<Float>.stride)
      }
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
    var digest = [UInt8](repeating: 0, count: 32)
    cfv_sha256_end(&hash, &digest)
    return digest.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }
}
