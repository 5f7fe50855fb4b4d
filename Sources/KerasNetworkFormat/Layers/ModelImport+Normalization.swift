internal import ConvolutionalNetworks
internal import NetworkFormats

/// https://keras.io/api/layers/normalization_layers/ and the layers that scale pictures.
extension ModelImport {
  /// Adds a layer that scales and shifts; `false` for any other class.
  mutating func addNormalization(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading reads: [String]
  ) throws(KerasError.Problem) -> Bool {
    let value = Formula(reads[0])
    switch layer.className {
    case "BatchNormalization", "SyncBatchNormalization":
      try addBatchNormalization(layer, name, weights, reading: reads[0])
    case "LayerNormalization":
      try addLayerNormalization(layer, name, weights, reading: reads[0])
    case "GroupNormalization":
      try addGroupNormalization(layer, name, weights, reading: reads[0])
    case "RMSNormalization":
      let axes = try positions(ofAxes: try layer.axes("axis", default: [-1]), of: reads[0])
      // Keras broadcasts the scale to the last axes, whichever are normalized.
      let scale = try weights.tensor("scale", axes.map { _ in nil })
      let epsilon = Float(layer.config["epsilon"]?.number ?? 1e-6)
      try append(
        name, RMSNormalization(axes: axes, scale: scale, epsilon: epsilon), reading: [reads[0]])
    case "UnitNormalization":
      let axes = try positions(ofAxes: try layer.axes("axis", default: [-1]), of: reads[0])
      try append(value.normalized(axes: axes), named: name)
    case "Normalization": try addStandardization(layer, name, weights, reading: reads[0])
    case "Rescaling":
      guard let scale = try layer.numbers("scale") else {
        throw .configuration(key: "scale", reason: "is missing")
      }
      let offset = try layer.numbers("offset") ?? [0]
      guard layout == .channelsLast || (scale.count == 1 && offset.count == 1) else {
        throw .unsupported("a Rescaling of each channel before layers with channels first")
      }
      try append(
        value * Formula(Tensor(shape: [scale.count], elements: scale))
          + Formula(Tensor(shape: [offset.count], elements: offset)), named: name)
    default: return false
    }
    return true
  }

  private mutating func addBatchNormalization(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading read: String
  ) throws(KerasError.Problem) {
    let axes = try layer.axes("axis", default: [-1])
    guard axes.count == 1 else { throw .unsupported("batch normalization of several axes") }
    let mean = try weights.tensor("moving_mean", [nil])
    let shape = [mean.count as Int?]
    let normalization = BatchNormalization(
      scale: layer.config["scale"]?.bool ?? true
        ? try weights.tensor("gamma", shape) : Tensor(shape: mean.shape, repeating: 1),
      shift: layer.config["center"]?.bool ?? true
        ? try weights.tensor("beta", shape) : Tensor(shape: mean.shape),
      mean: mean, variance: try weights.tensor("moving_variance", shape),
      epsilon: layer.epsilon)
    // The last axis is that of the channels whatever the number of axes.
    if axes[0] == -1, layout == .channelsLast {
      return try append(name, normalization, reading: [read])
    }
    let rank = try rank(of: read)
    let axis = try position(ofAxis: axes[0], of: read)
    if axis == layout.channelAxis(rank: rank) {
      try append(name, normalization, reading: [read])
    } else {
      let (factor, offset) = normalization.factorAndOffset
      let shape = [factor.count] + Array(repeating: 1, count: rank - 1 - axis)
      try append(
        Formula(read) * Formula(Tensor(shape: shape, elements: factor))
          + Formula(Tensor(shape: shape, elements: offset)), named: name)
    }
  }

  private mutating func addLayerNormalization(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading read: String
  ) throws(KerasError.Problem) {
    let axes = try positions(ofAxes: try layer.axes("axis", default: [-1]), of: read)
    let scale =
      layer.config["scale"]?.bool ?? true
      ? try parameter("gamma", weights, axes: axes, of: read) : nil
    let isCentred = !(layer.config["rms_scaling"]?.bool ?? false)
    let shift =
      isCentred && (layer.config["center"]?.bool ?? true)
      ? try parameter("beta", weights, axes: axes, of: read) : nil
    guard !isCentred else {
      return try append(
        name,
        LayerNormalization(axes: axes, scale: scale, shift: shift, epsilon: layer.epsilon),
        reading: [read])
    }
    // Divided by the deviation, but the mean stays.
    let value = Formula(read)
    let centred = value - value.reduced(.mean, axes: axes)
    let variance = (centred * centred).reduced(.mean, axes: axes)
    let scaled = value / (variance + layer.epsilon).applying(.squareRoot)
    try append(scale.map { scaled * Formula($0) } ?? scaled, named: name)
  }

  private mutating func addGroupNormalization(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading read: String
  ) throws(KerasError.Problem) {
    let rank = try rank(of: read)
    let axis = try position(ofAxis: layer.config["axis"]?.int ?? -1, of: read)
    let channelAxis = layout.channelAxis(rank: rank)
    let groups = layer.config["groups"]?.int ?? 32
    let normalization = GroupNormalization(
      groups: groups == -1 ? nil : groups,
      scale: layer.config["scale"]?.bool ?? true ? try weights.tensor("gamma", [nil]) : nil,
      shift: layer.config["center"]?.bool ?? true ? try weights.tensor("beta", [nil]) : nil,
      epsilon: layer.epsilon)
    guard axis != channelAxis else {
      return try append(name, normalization, reading: [read])
    }
    var order = Array(0..<rank)
    order.swapAt(axis, channelAxis)
    try append(
      Formula(normalization, Formula(read).transposed(order)).transposed(order), named: name)
  }

  /// Trained numbers along some axes of a value, of extent 1 along the others.
  private func parameter(
    _ weight: String, _ weights: LayerWeights, axes: [Int], of value: String
  ) throws(KerasError.Problem) -> Tensor {
    let values = try weights.tensor(weight, axes.map { _ in nil })
    var shape = [Int](repeating: 1, count: try rank(of: value))
    for (axis, extent) in zip(axes, values.shape) { shape[axis] = extent }
    return values.reshaped(to: shape)
  }

  /// `(x − mean) / √variance` with statistics of the training data, or its inverse.
  private mutating func addStandardization(
    _ layer: LayerConfiguration, _ name: String, _ weights: LayerWeights, reading read: String
  ) throws(KerasError.Problem) {
    let rank = try rank(of: read)
    // One mean and variance for all is written as no axis.
    let isWhole = layer.config["axis"]?.array?.isEmpty ?? (layer.config["axis"] == nil)
    let axes = isWhole ? [] : try positions(ofAxes: try layer.axes("axis", default: []), of: read)
    let mean = try statistic("mean", layer, weights, axes: axes, rank: rank)
    let variance = try statistic("variance", layer, weights, axes: axes, rank: rank)
    let deviation = Formula(variance.map { max($0.squareRoot(), 1e-7) })
    let isInverse = layer.config["invert"]?.bool ?? false
    try append(
      isInverse
        ? Formula(read) * deviation + Formula(mean) : (Formula(read) - Formula(mean)) / deviation,
      named: name)
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
}
