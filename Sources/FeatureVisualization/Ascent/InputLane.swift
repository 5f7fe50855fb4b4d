/// One optimised input of a stage: its recipe, and what becomes of its part of each picture.
struct InputLane {
  /// The input's name.
  let name: String
  let stage: AscentStage
  /// One for each picture.
  let candidates: [Candidate]
  /// What the pictures have in common; `nil` where it is nothing.
  let shared: SharedParameters?

  /// - Parameters:
  ///   - place: the input's place among those that are optimised.
  ///   - parameters: where the pictures start; the decoders' own start unless given.
  ///   - readsParameters: whether a term looks at the parameters.
  /// - Throws: `VisualizationError.brokenRule` for a decoder that breaks a rule.
  init(
    _ place: Int, name: String, _ stage: AscentStage, decoders: [any PictureDecoder],
    seeds: [UInt64], parameters: [[Float]]?, readsParameters: Bool
  ) throws(VisualizationError) {
    self.name = name
    self.stage = stage
    var candidates: [Candidate] = []
    for (index, seed) in seeds.enumerated() {
      candidates.append(
        try Candidate(
          index, input: place, decoder: decoders[index], stage,
          // The first input draws what it draws alone.
          seed: seed &+ UInt64(place) &* 0x9E37_79B9_7F4A_7C15, parameters: parameters?[index],
          readsParameters: readsParameters))
    }
    SharedParameters.takeFromFirst(candidates)
    self.candidates = candidates
    shared = candidates.first.flatMap { SharedParameters($0, stage.recipe) }
  }

  /// The colours of a picture, without its opacity.
  func colors(of picture: [Float]) -> [Float] {
    picture.withChannels(stage.seenSize.channels, of: stage.size.channels)
  }

  /// The shape of all pictures' colours.
  var colorShape: [Int] {
    [candidates.count, stage.size.height, stage.size.width, stage.seenSize.channels]
  }

  /// The colours of pictures, shown as the recipe shows them, `[N, H, W, C]`.
  func shown(_ pictures: [[Float]]) -> Tensor {
    let shown = pictures.map { stage.shown(colors(of: $0)) }
    return Tensor(
      shape: [pictures.count] + colorShape.dropFirst(), elements: shown.joined().map { $0 })
  }

  /// Pictures that are shown, as what the network is fed: opaque where they have an opacity.
  func seenPictures(_ shown: Tensor) -> [[Float]] {
    let (elements, count) = (shown.elements, shown.shape.dropFirst().reduce(1, *))
    return candidates.indices.map { index in
      Array(elements[index * count..<(index + 1) * count])
        .withChannels(stage.size.channels, of: stage.seenSize.channels)
    }
  }
}
