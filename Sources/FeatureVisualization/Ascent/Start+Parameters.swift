// What a stage starts from.

extension Preset.Start {
  /// The parameters of each picture of a stage.
  ///
  /// - Throws: `VisualizationError` where there is no way from here to the stage's parameters.
  func parameters(
    for stage: AscentStage, decoders: [any PictureDecoder], input: PictureInput
  ) throws(VisualizationError) -> [[Float]] {
    switch self {
    case .picture(let picture):
      let pictures = try input.given(picture, "start").pictures
      return try Self.parameters(of: pictures, "start", stage, decoders)
    case .parameters(let earlier):
      guard earlier.values.count == decoders.count else {
        throw .invalidArgument(
          "start", "\(earlier.values.count) pictures, and \(decoders.count) are asked for")
      }
      return try earlier.carried(over: stage, decoders, input.specification)
    case .octave(let photo, let earlier):
      let octaves = PhotoOctaves(try input.given(photo, "start").pictures)
      let pictures = try octaves.pictures(decoders.count, stage.size, after: earlier)
      return try Self.parameters(of: pictures, "start", stage, decoders)
    }
  }

  /// The parameters that decode to pictures.
  static func parameters(
    of picture: Tensor, _ argument: String, _ stage: AscentStage, _ decoders: [any PictureDecoder]
  ) throws(VisualizationError) -> [[Float]] {
    let (size, colors) = (stage.size, stage.seenSize.channels)
    let one = [size.height, size.width, colors]
    guard picture.rank == 4, Array(picture.shape.dropFirst()) == one,
      picture.shape[0] == 1 || picture.shape[0] == decoders.count
    else { throw .invalidArgument(argument, "shape \(picture.shape) is not \([1] + one)") }
    let elements = picture.elements
    let count = size.height * size.width * colors
    var result: [[Float]] = []
    for (index, decoder) in decoders.enumerated() {
      let first = picture.shape[0] == 1 ? 0 : index * count
      let pixels = Array(elements[first..<first + count]).withChannels(size.channels, of: colors)
      result.append(try Self.parameters(of: pixels, argument, stage, decoder))
    }
    return result
  }

  /// The parameters that decode to one picture of the stage's size and channels.
  static func parameters(
    of pixels: [Float], _ argument: String, _ stage: AscentStage, _ decoder: any PictureDecoder
  ) throws(VisualizationError) -> [Float] {
    guard let parameters = decoder.parameters(decodingTo: pixels) else {
      throw .incompatible(
        argument, stage.recipe.parameterization.name, reason: "a picture has no parameters there")
    }
    guard parameters.count == decoder.parameterCount else {
      throw .brokenRule(
        type: "\(type(of: decoder))",
        rule: "parameters(decodingTo:) gives \(parameters.count), and parameterCount is "
          + "\(decoder.parameterCount)")
    }
    return parameters
  }
}
