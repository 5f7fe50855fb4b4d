internal import ConvolutionalNetworks
internal import NetworkFormats

extension LayerConfiguration {
  /// The function of the `activation` argument: a name, or a layer's configuration.
  func activation() throws(KerasError.Problem) -> ActivationFunction {
    guard let value = config["activation"] else { return .linear }
    if let name = value.string { return try activation(named: name) }
    guard let className = value["class_name"]?.string else {
      throw .configuration(key: "activation", reason: "is no name of a function")
    }
    if className == "function", let name = value["config"]?.string {
      return try activation(named: name)
    }
    guard let config = value["config"],
      let function = try Self.activation(ofClass: className, config)
    else { throw .unsupported("activation \(className)") }
    return function
  }

  private func activation(named name: String) throws(KerasError.Problem) -> ActivationFunction {
    switch name {
    case "linear": return .linear
    case "relu": return .relu
    case "relu6": return .relu6
    case "elu": return .elu(alpha: 1)
    case "selu": return .selu
    case "gelu": return .gelu(approximate: false)
    case "silu", "swish": return .silu
    case "sigmoid": return .sigmoid
    case "tanh": return .tanh
    case "leaky_relu": return .leakyReLU(slope: 0.2)
    case "hard_silu", "hard_swish": return .hardSwish
    case "hard_sigmoid":
      // Keras 3 took PyTorch's slope.
      return .hardSigmoid(alpha: kerasVersion >= 3 ? 1 / 6 : 0.2, beta: 0.5)
    case "softplus": return .softplus
    case "softsign": return .softsign
    case "celu": return .celu(alpha: 1)
    case "mish": return .mish
    case "hard_tanh": return .clip(minimum: -1, maximum: 1)
    case "softmax": return .softmax(axis: -1)
    case "log_softmax": return .logSoftmax(axis: -1)
    default: throw .unsupported("activation \(name)")
    }
  }

  /// The function that a layer without weights is; `nil` for a layer of any other class.
  ///
  /// https://keras.io/api/layers/activation_layers/
  static func activation(ofClass className: String, _ config: JSONValue)
    throws(KerasError.Problem) -> ActivationFunction?
  {
    switch className {
    case "Softmax":
      guard config["axis"]?.array?.count ?? 1 == 1 else {
        throw .unsupported("softmax over several axes")
      }
      return .softmax(axis: config["axis"]?.int ?? config["axis"]?.array?.first?.int ?? -1)
    case "ReLU":
      let slope = config["negative_slope"]?.number ?? 0
      if let threshold = config["threshold"]?.number, threshold != 0 {
        guard slope == 0, config["max_value"] == nil, threshold > 0 else {
          throw .unsupported("a ReLU with a threshold and a slope or a largest value")
        }
        return .thresholdedReLU(threshold: Float(threshold))
      }
      switch (config["max_value"]?.number, slope) {
      case (nil, 0): return .relu
      case (nil, _): return .leakyReLU(slope: Float(slope))
      case (let most?, 0) where most >= 0: return .clip(minimum: 0, maximum: Float(most))
      default: throw .unsupported("a ReLU with both a slope and a largest value")
      }
    case "LeakyReLU":
      return .leakyReLU(
        slope: Float(config["negative_slope"]?.number ?? config["alpha"]?.number ?? 0.3))
    case "ELU": return .elu(alpha: Float(config["alpha"]?.number ?? 1))
    default: return nil
    }
  }
}
