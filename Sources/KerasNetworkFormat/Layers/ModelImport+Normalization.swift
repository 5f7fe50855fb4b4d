internal import ConvolutionalNetworks

/// https://keras.io/api/layers/normalization_layers/ and the layers that scale pictures.
extension ModelImport {
  /// Adds a layer that scales and shifts; `false` for any other class.
  mutating func addNormalization(
    _ layer: LayerConfiguration, _ weights: LayerWeights, reading reads: [String]
  ) throws(KerasError.Problem) -> Bool {
    let config = layer.config
    switch layer.className {
    case "BatchNormalization":
      let axis = config["axis"]?.int ?? config["axis"]?.array?.first?.int ?? -1
      guard isLastAxis(axis, of: reads[0]) else {
        throw .unsupported("batch normalization of axis \(axis)")
      }
      let mean = try weights.tensor("moving_mean", [nil])
      let shape = [mean.count as Int?]
      append(
        layer.name,
        BatchNormalization(
          scale: config["scale"]?.bool ?? true
            ? try weights.tensor("gamma", shape) : Tensor(shape: mean.shape, repeating: 1),
          shift: config["center"]?.bool ?? true
            ? try weights.tensor("beta", shape) : Tensor(shape: mean.shape),
          mean: mean, variance: try weights.tensor("moving_variance", shape),
          epsilon: Float(config["epsilon"]?.number ?? 1e-3)), reading: reads)
    case "Rescaling":
      guard let scale = config["scale"]?.number else {
        throw .configuration(key: "scale", reason: "is no single number")
      }
      let offset = config["offset"]?.number ?? 0
      guard config["offset"] == nil || config["offset"]?.number != nil else {
        throw .configuration(key: "offset", reason: "is no single number")
      }
      let scaled = "\(layer.name)/scaled"
      append(
        scaled, Arithmetic(.multiply),
        reading: [reads[0], constant("\(layer.name)/scale", Float(scale))])
      append(
        layer.name, Arithmetic(.add),
        reading: [scaled, constant("\(layer.name)/offset", Float(offset))])
    default: return false
    }
    return true
  }

  /// A value of one number, to be broadcast.
  mutating func constant(_ name: String, _ number: Float) -> String {
    append(name, Constant(Tensor(shape: [1], elements: [number])), reading: [], rank: 1)
    return name
  }
}
