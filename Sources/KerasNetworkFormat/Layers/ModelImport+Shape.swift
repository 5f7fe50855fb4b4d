internal import ConvolutionalNetworks
internal import NetworkFormats

/// https://keras.io/api/layers/reshaping_layers/ and the layers that do nothing once a network is trained.
extension ModelImport {
  /// Adds a layer that only moves numbers; `false` for any other class.
  mutating func addShape(_ layer: LayerConfiguration, _ name: String, reading reads: [String])
    throws(KerasError.Problem) -> Bool
  {
    let value = Formula(reads[0])
    switch layer.className {
    case "Identity":
      try append(name, Identity(kind: layer.className), reading: [reads[0]])
    case "Flatten": try addFlatten(layer, name, reading: reads[0])
    case "Permute":
      guard let order = layer.config["dims"]?.array?.compactMap(\.int),
        order.sorted() == Array(1..<(order.count + 1))
      else { throw .configuration(key: "dims", reason: "is no order of axes") }
      try append(name, Transpose([0] + order), reading: [reads[0]])
    case "Reshape":
      guard let target = layer.config["target_shape"]?.array,
        target.allSatisfy({ $0.int.map { $0 == -1 || (1...1 << 24).contains($0) } ?? false })
      else { throw .configuration(key: "target_shape", reason: "is no shape") }
      // 0 keeps the extent: the batch.
      try append(name, Reshape(to: [0] + target.compactMap(\.int)), reading: [reads[0]])
    case "RepeatVector":
      let count = try layer.count("n")
      try append(
        Formula(Tile(repeats: .constant([1, count, 1])), value.inserting(axes: [1])), named: name)
    case "ZeroPadding1D", "ZeroPadding2D", "ZeroPadding3D":
      try append(name, try pad(layer, "padding", sign: 1), reading: [reads[0]])
    case "Cropping1D", "Cropping2D", "Cropping3D":
      try append(name, try pad(layer, "cropping", sign: -1), reading: [reads[0]])
    case "Masking":
      // Steps that hold nothing but the mark become 0: those of zeros are that already.
      guard layer.config["mask_value"]?.number ?? 0 == 0 else {
        throw .unsupported("a Masking of steps by another number than 0")
      }
      marksSteps = true
      try append(name, Identity(kind: layer.className), reading: [reads[0]])
    case _ where layer.isIdleOnceTrained:
      try append(name, Identity(kind: layer.className), reading: [reads[0]])
    default: return false
    }
    return true
  }

  /// Keras brings the channels to the end before it flattens a map that has them first.
  private mutating func addFlatten(
    _ layer: LayerConfiguration, _ name: String, reading read: String
  ) throws(KerasError.Problem) {
    var value = Formula(read)
    if layer.config["data_format"]?.string == "channels_first" {
      let rank = try rank(of: read)
      if rank > 2 { value = value.transposed([0] + Array(2..<rank) + [1]) }
    }
    try append(Formula(Flatten(), value), named: name)
  }

  /// A number, one for each axis, or before and after of each.
  private func pad(_ layer: LayerConfiguration, _ key: String, sign: Int)
    throws(KerasError.Problem) -> Pad
  {
    let axes = layer.spatialAxisCount
    let value = layer.config[key] ?? .number(1)
    var sides: [JSONValue]
    if value.int != nil {
      sides = Array(repeating: value, count: axes)
    } else {
      sides = value.array ?? []
      // Along a single axis it is before and after that axis.
      if axes == 1, sides.count == 2 { sides = [value] }
    }
    let pairs = sides.map { side in
      side.int.map { [$0, $0] } ?? side.array?.compactMap(\.int) ?? []
    }
    guard pairs.count == axes, pairs.allSatisfy({ $0.count == 2 }),
      pairs.joined().allSatisfy({ (0...1 << 24).contains($0) })
    else { throw .configuration(key: key, reason: "is no number of cells for each side") }
    let amounts = (pairs.map { $0[0] } + pairs.map { $0[1] }).map { sign * $0 }
    return Pad(.constant(0), amounts: .constant(amounts), axes: spatialAxes(rank: axes + 2))
  }
}
