internal import ConvolutionalNetworks
internal import NetworkFormats

/// https://keras.io/api/layers/pooling_layers/
extension ModelImport {
  /// Adds a pooling layer; `false` for any other class.
  mutating func addPooling(_ layer: LayerConfiguration, _ name: String, reading reads: [String])
    throws(KerasError.Problem) -> Bool
  {
    let keepsAxes = layer.config["keepdims"]?.bool ?? false
    switch layer.className {
    case "MaxPooling2D", "AveragePooling2D":
      let size = try layer.pair("pool_size", default: [2, 2])
      let window = SlidingWindow(
        kernel: size, stride: try layer.pair("strides", default: size),
        padding: try layer.padding())
      append(
        name,
        Pooling(
          layer.className == "MaxPooling2D" ? .maximum : .average(countsPadding: false),
          window: window), reading: reads)
    case "GlobalAveragePooling2D":
      append(
        name, Reduction(.mean, axes: spatialAxes, keepsAxes: keepsAxes), reading: reads,
        rank: keepsAxes ? 4 : 2)
    case "GlobalMaxPooling2D":
      let pooled = keepsAxes ? name : "\(name)/pooled"
      append(pooled, GlobalPooling(.maximum), reading: reads)
      if !keepsAxes { append(name, Flatten(), reading: [pooled], rank: 2) }
    default: return false
    }
    return true
  }
}
