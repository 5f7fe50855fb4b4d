internal import ConvolutionalNetworks
internal import NetworkFormats

/// https://keras.io/api/layers/pooling_layers/
extension ModelImport {
  /// Adds a pooling layer; `false` for any other class.
  mutating func addPooling(_ layer: LayerConfiguration, _ name: String, reading reads: [String])
    throws(KerasError.Problem) -> Bool
  {
    let axes = layer.spatialAxisCount
    switch layer.className {
    case "MaxPooling1D", "MaxPooling2D", "MaxPooling3D", "MaxPool1D", "MaxPool2D", "MaxPool3D",
      "AveragePooling1D", "AveragePooling2D", "AveragePooling3D", "AvgPool1D", "AvgPool2D",
      "AvgPool3D":
      let size = try layer.extents(
        "pool_size", axes: axes, default: Array(repeating: 2, count: axes))
      let window = SlidingWindow(
        kernel: size, stride: try layer.extents("strides", axes: axes, default: size),
        padding: try layer.padding(kernel: size, dilation: Array(repeating: 1, count: axes)))
      let reduction: Pooling.Reduction =
        layer.className.hasPrefix("Max") ? .maximum : .average(countsPadding: false)
      try append(name, Pooling(reduction, window: window), reading: [reads[0]])
    case "GlobalAveragePooling1D", "GlobalAveragePooling2D", "GlobalAveragePooling3D",
      "GlobalAvgPool1D", "GlobalAvgPool2D", "GlobalAvgPool3D":
      if axes == 1, marksSteps {
        throw .unsupported("an average that skips steps which a Masking layer marks")
      }
      try append(
        name,
        Reduction(
          .mean, axes: globalAxes(of: layer), keepsAxes: layer.config["keepdims"]?.bool ?? false),
        reading: [reads[0]])
    case "GlobalMaxPooling1D", "GlobalMaxPooling2D", "GlobalMaxPooling3D", "GlobalMaxPool1D",
      "GlobalMaxPool2D", "GlobalMaxPool3D":
      let keepsAxes = layer.config["keepdims"]?.bool ?? false
      let axes = globalAxes(of: layer)
      guard axes == spatialAxes(rank: axes.count + 2) else {
        try append(name, Reduction(.maximum, axes: axes, keepsAxes: keepsAxes), reading: [reads[0]])
        return true
      }
      let pooled = Formula(GlobalPooling(.maximum), Formula(reads[0]))
      try append(
        keepsAxes ? pooled : Formula(Flatten(), pooled.labelled("pooled")), named: name)
    case "AdaptiveAveragePooling1D", "AdaptiveAveragePooling2D", "AdaptiveAveragePooling3D":
      try addAdaptivePooling(layer, name, .mean, reading: reads[0])
    case "AdaptiveMaxPooling1D", "AdaptiveMaxPooling2D", "AdaptiveMaxPooling3D":
      try addAdaptivePooling(layer, name, .maximum, reading: reads[0])
    default: return false
    }
    return true
  }

  /// The axes that a layer pools as a whole, which may be others than those of the layers around it.
  private func globalAxes(of layer: LayerConfiguration) -> [Int] {
    let count = layer.spatialAxisCount
    switch layer.config["data_format"]?.string {
    case "channels_first": return Array(2..<(count + 2))
    case "channels_last": return Array(1..<(count + 1))
    default: return spatialAxes(rank: count + 2)
    }
  }

  /// Pools windows that are as even as the extents allow, axis after axis: the i-th of m reaches from ⌊i · n / m⌋ to
  /// ⌈(i + 1) · n / m⌉.
  private mutating func addAdaptivePooling(
    _ layer: LayerConfiguration, _ name: String, _ reduction: Reduction.Operator,
    reading read: String
  ) throws(KerasError.Problem) {
    let axes = layer.spatialAxisCount
    let sizes = try layer.extents("output_size", axes: axes)
    var value = Formula(read)
    for (axis, size) in zip(spatialAxes(rank: axes + 2), sizes) {
      let extent = try extent(axis, of: read)
      guard size <= Self.mostWindows else {
        throw .exceedsLimits(reason: "pools to \(size) windows, and may to \(Self.mostWindows)")
      }
      let windows = (0..<size).map { window in
        let end = ((window + 1) * extent + size - 1) / size
        return value.slice((window * extent / size)..<end, axis: axis)
          .reduced(reduction, axes: [axis])
      }
      value = windows.count == 1 ? windows[0] : Formula(Concatenation(axis: axis), of: windows)
    }
    try append(value, named: name)
  }

  private static let mostWindows = 256
}
