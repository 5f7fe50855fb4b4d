internal import ConvolutionalNetworks
internal import NetworkFormats

/// https://keras.io/api/layers/normalization_layers/ and the layers that scale pictures.
extension ModelImport {
  /// Adds a layer that scales and shifts; `false` for any other class.
  mutating func addNormalization(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading reads: [String]
  ) throws(KerasError.Problem) -> Bool {
    switch layer.className {
    case "BatchNormalization":
      try addBatchNormalization(layer, name, weights, reading: reads[0])
    case "LayerNormalization":
      try addLayerNormalization(layer, name, weights, reading: reads[0])
    case "Normalization": try addStandardization(layer, name, weights, reading: reads[0])
    case "Rescaling":
      guard let scale = try layer.numbers("scale") else {
        throw .configuration(key: "scale", reason: "is missing")
      }
      let offset = try layer.numbers("offset") ?? [0]
      guard layout == .channelsLast || (scale.count == 1 && offset.count == 1) else {
        throw .unsupported("a Rescaling of each channel before layers with channels first")
      }
      let scaled = "\(name)/scaled"
      let factor = constant("\(name)/scale", scale)
      append(scaled, Arithmetic(.multiply), reading: [reads[0], factor])
      let shift = constant("\(name)/offset", offset)
      append(name, Arithmetic(.add), reading: [scaled, shift])
    default: return false
    }
    return true
  }

  private mutating func addBatchNormalization(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading read: String
  ) throws(KerasError.Problem) {
    let axes = try layer.axes("axis", default: [-1])
    guard axes.count == 1, let rank = ranks[read] else {
      throw .unsupported("batch normalization of several axes")
    }
    let axis = try position(ofAxis: axes[0], of: read)
    let mean = try weights.tensor("moving_mean", [nil])
    let shape = [mean.count as Int?]
    let normalization = BatchNormalization(
      scale: layer.config["scale"]?.bool ?? true
        ? try weights.tensor("gamma", shape) : Tensor(shape: mean.shape, repeating: 1),
      shift: layer.config["center"]?.bool ?? true
        ? try weights.tensor("beta", shape) : Tensor(shape: mean.shape),
      mean: mean, variance: try weights.tensor("moving_variance", shape),
      epsilon: Float(layer.config["epsilon"]?.number ?? 1e-3))
    if axis == layout.channelAxis(rank: rank) {
      append(name, normalization, reading: [read])
    } else {
      let (factor, offset) = normalization.factorAndOffset
      let trailing = rank - 1 - axis
      let scaled = "\(name)/scaled"
      let scale = constant("\(name)/scale", factor, trailing: trailing)
      append(scaled, Arithmetic(.multiply), reading: [read, scale])
      let shift = constant("\(name)/offset", offset, trailing: trailing)
      append(name, Arithmetic(.add), reading: [scaled, shift])
    }
  }

  private mutating func addLayerNormalization(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading read: String
  ) throws(KerasError.Problem) {
    guard layer.config["rms_scaling"]?.bool != true else {
      throw .unsupported("a normalization by the root mean square")
    }
    guard let rank = ranks[read] else { throw .undefinedValue(read) }
    var axes: [Int] = []
    for axis in try layer.axes("axis", default: [-1]) {
      axes.append(try position(ofAxis: axis, of: read))
    }
    axes.sort()
    func parameter(_ key: String, _ weight: String) throws(KerasError.Problem) -> Tensor? {
      guard layer.config[key]?.bool ?? true else { return nil }
      let values = try weights.tensor(weight, axes.map { _ in nil })
      var shape = [Int](repeating: 1, count: rank)
      for (axis, extent) in zip(axes, values.shape) { shape[axis] = extent }
      return values.reshaped(to: shape)
    }
    append(
      name,
      LayerNormalization(
        axes: axes, scale: try parameter("scale", "gamma"), shift: try parameter("center", "beta"),
        epsilon: Float(layer.config["epsilon"]?.number ?? 1e-3)), reading: [read])
  }

  /// `(x − mean) / √variance` with statistics of the training data, or its inverse.
  private mutating func addStandardization(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading read: String
  ) throws(KerasError.Problem) {
    guard let rank = ranks[read] else { throw .undefinedValue(read) }
    var axes: [Int] = []
    // One mean and variance for all is written as no axis.
    let isWhole = layer.config["axis"]?.array?.isEmpty ?? (layer.config["axis"] == nil)
    for axis in isWhole ? [] : try layer.axes("axis", default: [-1]) {
      axes.append(try position(ofAxis: axis, of: read))
    }
    let mean = try statistic("mean", layer, weights, axes: axes, rank: rank)
    let variance = try statistic("variance", layer, weights, axes: axes, rank: rank)
    let deviation = variance.map { max($0.squareRoot(), 1e-7) }
    let isInverse = layer.config["invert"]?.bool ?? false
    let first = "\(name)/\(isInverse ? "scaled" : "centred")"
    append("\(name)/mean", Constant(mean), reading: [], rank: rank)
    append("\(name)/deviation", Constant(deviation), reading: [], rank: rank)
    if isInverse {
      append(first, Arithmetic(.multiply), reading: [read, "\(name)/deviation"])
      append(name, Arithmetic(.add), reading: [first, "\(name)/mean"])
    } else {
      append(first, Arithmetic(.subtract), reading: [read, "\(name)/mean"])
      append(name, Arithmetic(.divide), reading: [first, "\(name)/deviation"])
    }
  }

  /// The numbers of the configuration or of the file, of extent 1 along all axes but `axes`.
  private func statistic(
    _ key: String, _ layer: LayerConfiguration, _ weights: LayerWeights, axes: [Int], rank: Int
  ) throws(KerasError.Problem) -> Tensor {
    let values: Tensor
    if let numbers = try layer.numbers(key) {
      guard axes.count <= 1 || numbers.count == 1 else {
        throw .unsupported("a Normalization of several axes with given numbers")
      }
      values = Tensor(shape: numbers.count == 1 ? [] : [numbers.count], elements: numbers)
    } else {
      values = try weights.tensor(key, axes.map { _ in nil })
    }
    var shape = [Int](repeating: 1, count: rank)
    for (axis, extent) in zip(axes.sorted(), values.shape) { shape[axis] = extent }
    guard shape.reduce(1, *) == values.count else {
      throw .configuration(key: key, reason: "does not fit the axes \(axes)")
    }
    return values.reshaped(to: shape)
  }

  /// A value of numbers along one axis, to be broadcast; `trailing` axes follow it.
  mutating func constant(_ name: String, _ numbers: [Float], trailing: Int = 0) -> String {
    let shape = [numbers.count] + Array(repeating: 1, count: trailing)
    append(
      name, Constant(Tensor(shape: shape, elements: numbers)), reading: [], rank: shape.count)
    return name
  }
}
