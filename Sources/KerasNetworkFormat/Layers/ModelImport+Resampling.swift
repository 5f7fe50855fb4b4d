internal import ConvolutionalNetworks
internal import NetworkFormats

/// Layers that give maps another size: https://keras.io/api/layers/reshaping_layers/ and
/// https://keras.io/api/layers/preprocessing_layers/image_preprocessing/
extension ModelImport {
  /// Adds a layer that enlarges, shrinks or cuts maps; `false` for any other class.
  mutating func addResampling(_ layer: LayerConfiguration, _ name: String, reading reads: [String])
    throws(KerasError.Problem) -> Bool
  {
    let value = Formula(reads[0])
    switch layer.className {
    case "UpSampling1D", "UpSampling2D", "UpSampling3D":
      let axes = layer.spatialAxisCount
      let size = try layer.extents("size", axes: axes, default: Array(repeating: 2, count: axes))
      let interpolation = layer.config["interpolation"]?.string ?? "nearest"
      try append(
        value.resized(
          .scales(.constant(size)), axes: spatialAxes(rank: axes + 2),
          try Resize.Interpolation(keras: interpolation)), named: name)
    case "Resizing":
      try append(
        try resized(
          value, of: reads[0], to: [try layer.count("height"), try layer.count("width")],
          layer.config, isKeras2: layer.kerasVersion < 3), named: name)
    case "CenterCrop":
      try append(try centerCrop(layer, reading: reads[0]), named: name)
    case "RandomCrop":
      // Keras 3 leaves pictures alone that it is not trained with, Keras 2 crops their middle to the ratio of the sides.
      if layer.kerasVersion >= 3 {
        try append(name, Identity(kind: layer.className), reading: [reads[0]])
      } else {
        try append(
          try covered(
            value, of: reads[0], to: [try layer.count("height"), try layer.count("width")]),
          named: name)
      }
    default: return false
    }
    return true
  }

  /// Resized to a height and width, as a Resizing layer or `keras.ops.image.resize` is configured.
  func resized(
    _ value: Formula, of read: String, to size: [Int], _ config: JSONValue, isKeras2: Bool
  ) throws(KerasError.Problem) -> Formula {
    let axes = spatialAxes(rank: try rank(of: read))
    guard axes.count == 2 else { throw .unsupported("resizing a value that is no feature map") }
    let interpolation = try Resize.Interpolation(
      keras: config["interpolation"]?.string ?? config["method"]?.string ?? "bilinear")
    var value = value
    if config["pad_to_aspect_ratio"]?.bool ?? false {
      let (cells, number) = try fitting(read, to: size, config)
      value = Formula(
        Pad(.constant(number), amounts: .constant(cells + cells), axes: axes), value)
    }
    if config["crop_to_aspect_ratio"]?.bool ?? false {
      return try covered(value, of: read, to: size, interpolation)
    }
    return value.resized(
      .sizes(.constant(size), .stretch), axes: axes, interpolation,
      antialiases: config["antialias"]?.bool ?? false)
  }

  /// The cells to add on each side of the height and the width, so that they have the ratio of the sides, and what they hold.
  private func fitting(_ read: String, to size: [Int], _ config: JSONValue)
    throws(KerasError.Problem) -> (cells: [Int], number: Float)
  {
    let axes = spatialAxes(rank: try rank(of: read))
    let extents = [try extent(axes[0], of: read), try extent(axes[1], of: read)]
    guard config["fill_mode"]?.string ?? "constant" == "constant" else {
      throw .unsupported("padding to the ratio of the sides by other than a number")
    }
    let cells = (0..<2).map { side in
      let wanted = Int(Float(extents[1 - side] * size[side]) / Float(size[1 - side]))
      return (max(extents[side], wanted) - extents[side]) / 2
    }
    return (cells, Float(config["fill_value"]?.number ?? 0))
  }

  /// The largest part in the middle that has the ratio of the sides, resized.
  private func covered(
    _ value: Formula, of read: String, to size: [Int],
    _ interpolation: Resize.Interpolation = .linear
  ) throws(KerasError.Problem) -> Formula {
    let axes = spatialAxes(rank: try rank(of: read))
    guard axes.count == 2 else { throw .unsupported("cropping a value that is no feature map") }
    let extents = [try extent(axes[0], of: read), try extent(axes[1], of: read)]
    var part = value
    for side in 0..<2 {
      let other = 1 - side
      let wanted = Float(extents[other] * size[side]) / Float(size[other])
      let kept = max(min(extents[side], Int(wanted)), 1)
      guard kept < extents[side] else { continue }
      let start = (extents[side] - kept) / 2
      part = part.slice(start..<(start + kept), axis: axes[side])
    }
    return part.resized(.sizes(.constant(size), .stretch), axes: axes, interpolation)
  }

  private func centerCrop(_ layer: LayerConfiguration, reading read: String)
    throws(KerasError.Problem) -> Formula
  {
    let size = [try layer.count("height"), try layer.count("width")]
    let axes = spatialAxes(rank: try rank(of: read))
    guard axes.count == 2 else { throw .unsupported("cropping a value that is no feature map") }
    let extents = [try extent(axes[0], of: read), try extent(axes[1], of: read)]
    guard zip(extents, size).allSatisfy({ $0 >= $1 }) else {
      return try covered(Formula(read), of: read, to: size)
    }
    var value = Formula(read)
    for side in 0..<2 {
      let start = (extents[side] - size[side]) / 2
      value = value.slice(start..<(start + size[side]), axis: axes[side])
    }
    return value
  }
}

extension Formula {
  /// Another size along some axes; the nearest cells are those that TensorFlow takes, halves rounded down.
  func resized(
    _ extent: Resize.Extent, axes: [Int], _ interpolation: Resize.Interpolation,
    antialiases: Bool = false
  ) -> Formula {
    Formula(
      Resize(
        interpolation, coordinates: .halfPixel, extent: extent, axes: axes,
        excludesOutside: antialiases || interpolation == .cubic(a: -0.5), antialiases: antialiases),
      self)
  }
}

extension Resize.Interpolation {
  /// - Throws: `KerasError.Problem.unsupported` for windows that the engine has not.
  init(keras name: String) throws(KerasError.Problem) {
    switch name {
    case "nearest": self = .nearest(.preferCeil)
    case "bilinear": self = .linear
    case "bicubic": self = .cubic(a: -0.5)
    default: throw .unsupported("interpolation \(name)")
    }
  }
}
