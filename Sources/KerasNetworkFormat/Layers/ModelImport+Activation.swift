internal import ConvolutionalNetworks

/// https://keras.io/api/layers/activation_layers/
extension ModelImport {
  /// Adds a layer that is an activation function; `false` for any other class.
  mutating func addActivation(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading reads: [String]
  ) throws(KerasError.Problem) -> Bool {
    let function: LayerActivation
    switch layer.className {
    case "Softmax" where marksSteps:
      throw .unsupported("a softmax that skips steps which a Masking layer marks")
    case "Activation": function = try layer.activation()
    case "PReLU":
      // Slopes for each position, but for shared axes, which have extents of 1.
      function = .function(.parametricReLU(slopes: try weights.tensor("alpha", nil)))
    case let className:
      guard
        let known = try LayerConfiguration.activation(
          ofClass: className, layer.config, kerasVersion: layer.kerasVersion)
      else { return false }
      function = known
    }
    try append(function, named: name, reading: reads[0])
    return true
  }

  /// Adds an activation as a layer.
  mutating func append(_ activation: LayerActivation, named name: String, reading read: String)
    throws(KerasError.Problem)
  {
    if case .function(let function) = activation {
      try append(name, Activation(function), reading: [read])
    } else {
      let formula = try activation.applied(to: Formula(read), shape: try shape(of: read))
      try append(formula, named: name)
    }
  }

  /// Adds an operation with the activation in the layer's configuration.
  ///
  /// What a unit computes before a rectifier silences it has a name of its own, `<name>/linear`.
  mutating func append(
    _ formula: Formula, named name: String, activatedBy activation: LayerActivation
  ) throws(KerasError.Problem) {
    guard !activation.isLinear else { return try append(formula, named: name) }
    let linear = "\(name)/linear"
    try append(formula, named: linear)
    try append(activation, named: name, reading: linear)
  }
}
