internal import ConvolutionalNetworks

/// https://keras.io/api/layers/activation_layers/
extension ModelImport {
  /// Adds a layer that is an activation function; `false` for any other class.
  mutating func addActivation(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading reads: [String]
  ) throws(KerasError.Problem) -> Bool {
    let function: ActivationFunction
    switch layer.className {
    case "Activation": function = try layer.activation()
    case "PReLU":
      // Slopes for each position, but for shared axes, which have extents of 1.
      function = .parametricReLU(slopes: try weights.tensor("alpha", nil))
    case let className:
      guard
        let known = try LayerConfiguration.activation(ofClass: className, layer.config)
      else { return false }
      function = known
    }
    append(name, Activation(function), reading: reads)
    return true
  }
}
