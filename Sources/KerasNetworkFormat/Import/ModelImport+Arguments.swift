internal import ConvolutionalNetworks
internal import NetworkFormats

extension ModelImport {
  /// Refuses named arguments of a call that would change what a layer computes.
  ///
  /// A layer that does nothing once a network is trained does so whatever it is told: a picture that is augmented, or loses
  /// numbers, at random is no fixed function.
  mutating func checkArguments(of layer: LayerConfiguration, _ call: CallArguments<String>)
    throws(KerasError.Problem)
  {
    let known = layer.knownArguments
    for (name, argument) in call.named.sorted(by: { $0.key < $1.key }) {
      if known.contains(name) { continue }
      guard case .setting(let value) = argument else {
        throw .unsupported("a call with the argument '\(name)'")
      }
      // Keras 3 tells every layer anew whether it is being trained.
      if value.isOff || (name == "training" && layer.kerasVersion >= 3) { continue }
      guard name == "training", layer.isFixedInTraining else {
        throw .unsupported("a call with the argument '\(name)'")
      }
      warnings.append(
        "layer '\(self.layer ?? layer.name)' is called as in training, and read as after it")
    }
  }
}

extension LayerConfiguration {
  /// The named arguments of a call that mean something to the layer's class.
  fileprivate var knownArguments: Set<String> {
    switch className {
    case "MultiHeadAttention":
      ["query", "value", "key", "attention_mask", "use_causal_mask", "return_attention_scores"]
    case "GroupQueryAttention", "GroupedQueryAttention":
      ["query", "value", "key", "attention_mask", "use_causal_mask", "return_attention_scores"]
    case "Attention", "AdditiveAttention": ["inputs", "use_causal_mask", "return_attention_scores"]
    case _ where isRecurrent:
      ["inputs", "sequence", "sequences", "initial_state"]
    default: ["inputs", "x"]
    }
  }

  /// Whether the layer's numbers do not depend on the other pictures of a batch even while the network is being trained.
  fileprivate var isFixedInTraining: Bool {
    guard let model else { return !className.contains("BatchNormalization") }
    let inner = try? ModelConfiguration(model, kerasVersion: kerasVersion)
    return inner?.layers.allSatisfy(\.isFixedInTraining) ?? false
  }

  /// Whether a layer of the class passes its input on unless the network is being trained.
  var isIdleOnceTrained: Bool {
    switch className {
    case "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout",
      "GaussianNoise", "GaussianDropout", "ActivityRegularization", "AugMix", "CutMix",
      "MaxNumBoundingBoxes", "MixUp", "RandAugment", "Solarization":
      true
    case "RandomCrop": false
    default: className.hasPrefix("Random")
    }
  }
}

extension JSONValue {
  /// Whether it is nothing, no, or a list or dictionary of those.
  fileprivate var isOff: Bool {
    switch self {
    case .null, .bool(false): true
    case .array(let elements): elements.allSatisfy(\.isOff)
    case .object(let members): members.values.allSatisfy(\.isOff)
    default: false
    }
  }
}
