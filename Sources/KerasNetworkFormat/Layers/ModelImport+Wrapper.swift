internal import ConvolutionalNetworks
internal import NetworkFormats

/// Layers that hold another: https://keras.io/api/layers/recurrent_layers/time_distributed/
extension ModelImport {
  /// Adds a layer around another; `false` for any other class.
  mutating func addWrapper(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights,
    _ call: CallArguments<String>
  ) throws(KerasError.Problem) -> Bool {
    switch layer.className {
    case "SpectralNormalization":
      // The kernel that is saved is the normalized one.
      let inner = try layer.wrapped()
      let part = weights.part(nil, folder: "layer", order: inner.weightOrder)
      _ = try add(inner, named: name, part, .value(call.values[0]))
    case "TimeDistributed":
      try addTimeDistributed(layer, name, weights, reading: call.values[0])
    default: return false
    }
    return true
  }

  /// What is done with each step by itself: the steps of all pictures are a batch for that time.
  private mutating func addTimeDistributed(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading read: String
  ) throws(KerasError.Problem) {
    let inner = try layer.wrapped()
    guard try rank(of: read) >= 3 else {
      throw .configuration(key: "layer", reason: "reads a value without steps")
    }
    let steps = "\(name)/steps"
    try append(steps, Reshape.stepsAsBatch(of: read), reading: [read])
    let own = "\(name)/\(inner.name)"
    let written: [String]
    if let json = inner.model {
      let model = try ModelConfiguration(json, kerasVersion: inner.kerasVersion)
      written = try add(
        model, weights.wrappedModel(layers: model.layers), under: "\(own)/", reading: [steps])
    } else {
      let part = weights.part(nil, folder: "layer", order: inner.weightOrder)
      written = try add(inner, named: own, part, .value(steps))
    }
    guard written.count == 1, !written.isEmpty else {
      throw .unsupported("a TimeDistributed layer of several outputs")
    }
    try append(name, Reshape.batchAsSteps(written[0], of: read), reading: written)
  }
}
