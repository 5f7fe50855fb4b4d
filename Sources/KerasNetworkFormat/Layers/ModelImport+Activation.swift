internal import ConvolutionalNetworks

/// https://keras.io/api/layers/activation_layers/
extension ModelImport {
  /// Adds a layer that is an activation function; `false` for any other class.
  mutating func addActivation(
    _ layer: LayerConfiguration, _ weights: LayerWeights, reading reads: [String]
  ) throws(KerasError.Problem) -> Bool {
    let config = layer.config
    let function: ActivationFunction
    switch layer.className {
    case "Activation": function = try layer.activation()
    case "Softmax":
      let axis = config["axis"]?.int ?? config["axis"]?.array?.first?.int ?? -1
      guard config["axis"]?.array?.count ?? 1 == 1 else {
        throw .unsupported("softmax over several axes")
      }
      function = .softmax(axis: axis)
    case "ReLU":
      guard config["threshold"]?.number ?? 0 == 0 else {
        throw .unsupported("a ReLU with a threshold")
      }
      let slope = config["negative_slope"]?.number ?? 0
      switch (config["max_value"]?.number, slope) {
      case (nil, 0): function = .relu
      case (nil, _): function = .leakyReLU(slope: Float(slope))
      case (let most?, 0) where most >= 0: function = .clip(minimum: 0, maximum: Float(most))
      default: throw .unsupported("a ReLU with both a slope and a largest value")
      }
    case "LeakyReLU":
      let slope = config["negative_slope"]?.number ?? config["alpha"]?.number ?? 0.3
      function = .leakyReLU(slope: Float(slope))
    case "PReLU":
      // One slope per channel, which shared axes leave with extents of 1.
      let slopes = try weights.tensor("alpha", nil)
      guard slopes.shape.dropLast().allSatisfy({ $0 == 1 }) else {
        throw .unsupported("a PReLU with a slope for each position")
      }
      function = .parametricReLU(slopes: slopes.reshaped(to: [slopes.count]))
    case "ELU": function = .elu(alpha: Float(config["alpha"]?.number ?? 1))
    default: return false
    }
    append(layer.name, Activation(function), reading: reads)
    return true
  }
}
