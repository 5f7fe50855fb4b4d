internal import ConvolutionalNetworks
internal import NetworkFormats

extension LayerConfiguration {
  /// The function of an argument such as `activation`: a name, or a layer's configuration.
  func activation(_ key: String = "activation") throws(KerasError.Problem) -> LayerActivation {
    guard let value = config[key] else { return .function(.linear) }
    if let name = value.string { return try activation(named: name) }
    guard let className = value["class_name"]?.string else {
      throw .configuration(key: key, reason: "is no name of a function")
    }
    if className == "function", let name = value["config"]?.string {
      return try activation(named: name)
    }
    guard let config = value["config"],
      let function = try Self.activation(ofClass: className, config, kerasVersion: kerasVersion)
    else { throw .unsupported("activation \(className)") }
    return function
  }

  private func activation(named name: String) throws(KerasError.Problem) -> LayerActivation {
    guard let activation = try LayerActivation(named: name, kerasVersion: kerasVersion) else {
      throw .unsupported("activation \(name)")
    }
    return activation
  }

  /// The function that a layer without weights is; `nil` for a layer of any other class.
  ///
  /// https://keras.io/api/layers/activation_layers/
  static func activation(ofClass className: String, _ config: JSONValue, kerasVersion: Int)
    throws(KerasError.Problem) -> LayerActivation?
  {
    switch className {
    case "Softmax":
      guard let axes = config["axis"]?.array, axes.count > 1 else {
        return try LayerActivation(named: "softmax", config, kerasVersion: kerasVersion)
      }
      let positions = axes.compactMap(\.int)
      return .composed { value in
        let raised = (value - value.reduced(.maximum, axes: positions)).applying(.exponential)
        return raised / raised.reduced(.sum, axes: positions)
      }
    case "ReLU": return rectifier(config)
    case "LeakyReLU":
      return .function(
        .leakyReLU(
          slope: Float(config["negative_slope"]?.number ?? config["alpha"]?.number ?? 0.3)))
    case "ELU": return .function(.elu(alpha: Float(config["alpha"]?.number ?? 1)))
    case "ThresholdedReLU":
      return rectifier(.object(["threshold": config["theta"] ?? .number(1)]))
    default: return nil
    }
  }

  /// `max_value` from there on, x from the threshold on, else the slope times what lacks of the threshold.
  private static func rectifier(_ config: JSONValue) -> LayerActivation {
    let slope = Float(config["negative_slope"]?.number ?? 0)
    let threshold = Float(config["threshold"]?.number ?? config["theta"]?.number ?? 0)
    let most = config["max_value"]?.number.map { Float($0) }
    switch (threshold, slope, most) {
    case (0, 0, nil): return .function(.relu)
    case (0, _, nil): return .function(.leakyReLU(slope: slope))
    case (0, 0, let most?) where most >= 0: return .function(.clip(minimum: 0, maximum: most))
    case (_, 0, nil) where threshold > 0: return .function(.thresholdedReLU(threshold: threshold))
    default:
      return .composed { value in
        var result =
          threshold == 0
          ? value.applying(.relu)
          : Formula(Where(), (value - threshold).applying(.relu), value, Formula(0))
        if let most { result = result.maximum(Formula(0)).minimum(Formula(most)) }
        return slope == 0
          ? result : result - (value * -1 + threshold).applying(.relu) * slope
      }
    }
  }
}
