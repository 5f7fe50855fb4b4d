internal import ConvolutionalNetworks
internal import NetworkFormats

/// Layers that keras.applications brings along for networks of its own: https://keras.io/api/applications/
extension ModelImport {
  /// Adds such a layer; `false` for any other class.
  mutating func addApplicationLayer(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading reads: [String]
  ) throws(KerasError.Problem) -> Bool {
    // Users' own layers may have the same names.
    guard layer.module.map({ $0.contains("keras.src.applications") }) ?? true else { return false }
    switch layer.className {
    case "LayerScale" where layer.config["projection_dim"] != nil:
      // ConvNeXt's. Keras 3 numbers its factors through the whole network.
      let factors = try weights.onlyTensor([try layer.count("projection_dim")])
      try append(Formula(reads[0]) * Formula(factors), named: name)
    case "CustomScaleLayer" where reads.count == 2,
      "Custom>CustomScaleLayer" where reads.count == 2:
      // Inception-ResNet's: a block's result, scaled, and what goes round it. Keras 2 registered it as a user would.
      guard let scale = try layer.numbers("scale"), scale.count == 1 else {
        throw .configuration(key: "scale", reason: "is no number")
      }
      try append(Formula(reads[0]) + Formula(reads[1]) * scale[0], named: name)
    default: return false
    }
    return true
  }
}
