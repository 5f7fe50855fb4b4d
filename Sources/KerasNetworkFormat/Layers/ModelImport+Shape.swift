internal import ConvolutionalNetworks
internal import NetworkFormats

/// https://keras.io/api/layers/reshaping_layers/ and the layers that do nothing once a network is trained.
extension ModelImport {
  /// Adds a layer that only moves numbers; `false` for any other class.
  mutating func addShape(_ layer: LayerConfiguration, _ name: String, reading reads: [String])
    throws(KerasError.Problem) -> Bool
  {
    switch layer.className {
    case "Dropout", "SpatialDropout2D", "AlphaDropout", "GaussianNoise", "GaussianDropout",
      "ActivityRegularization", "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom",
      "RandomContrast", "RandomBrightness":
      append(name, Identity(kind: layer.className), reading: reads)
    case "Flatten": try addFlatten(layer, name, reading: reads)
    case "Permute":
      guard let order = layer.config["dims"]?.array?.compactMap(\.int),
        order.sorted() == Array(1..<(order.count + 1))
      else { throw .configuration(key: "dims", reason: "is no order of axes") }
      append(name, Transpose([0] + order), reading: reads)
    case "Reshape":
      guard let target = layer.config["target_shape"]?.array,
        target.allSatisfy({ $0.int.map { $0 == -1 || (1...1 << 24).contains($0) } ?? false })
      else { throw .configuration(key: "target_shape", reason: "is no shape") }
      // 0 keeps the extent: the batch.
      append(
        name, Reshape(to: [0] + target.compactMap(\.int)), reading: reads,
        rank: target.count + 1)
    case "ZeroPadding2D": append(name, try pad(layer, "padding", sign: 1), reading: reads)
    case "Cropping2D": append(name, try pad(layer, "cropping", sign: -1), reading: reads)
    case "UpSampling2D":
      let extent = Resize.Extent.scales(.constant(try layer.pair("size", default: [2, 2])))
      switch layer.config["interpolation"]?.string ?? "nearest" {
      case "nearest":
        append(
          name,
          Resize(.nearest(.floor), coordinates: .asymmetric, extent: extent, axes: spatialAxes),
          reading: reads)
      case "bilinear":
        append(
          name, Resize(.linear, coordinates: .halfPixel, extent: extent, axes: spatialAxes),
          reading: reads)
      case let name: throw .unsupported("interpolation \(name)")
      }
    default: return false
    }
    return true
  }

  /// Keras brings the channels to the end before it flattens a map that has them first.
  private mutating func addFlatten(
    _ layer: LayerConfiguration, _ name: String, reading reads: [String]
  ) throws(KerasError.Problem) {
    var read = reads[0]
    if layer.config["data_format"]?.string == "channels_first", let rank = ranks[read], rank > 2 {
      let transposed = "\(name)/transposed"
      append(transposed, Transpose([0] + Array(2..<rank) + [1]), reading: [read])
      read = transposed
    }
    append(name, Flatten(), reading: [read], rank: 2)
  }

  /// A number, one for height and width each, or before and after of each.
  private func pad(_ layer: LayerConfiguration, _ key: String, sign: Int)
    throws(KerasError.Problem) -> Pad
  {
    let value = layer.config[key]
    let sides =
      value?.int.map { [JSONValue.number(Double($0)), .number(Double($0))] }
      ?? value?.array ?? []
    let pairs = sides.map { side in
      side.int.map { [$0, $0] } ?? side.array?.compactMap(\.int) ?? []
    }
    guard pairs.count == 2, pairs.allSatisfy({ $0.count == 2 }),
      pairs.joined().allSatisfy({ (0...1 << 24).contains($0) })
    else { throw .configuration(key: key, reason: "is no number of cells for each side") }
    let amounts = [pairs[0][0], pairs[1][0], pairs[0][1], pairs[1][1]].map { sign * $0 }
    return Pad(.constant(0), amounts: .constant(amounts), axes: spatialAxes)
  }
}
