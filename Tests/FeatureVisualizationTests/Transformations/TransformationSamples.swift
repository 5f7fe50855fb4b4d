import FeatureVisualization

extension InputModifier {
  /// The transformation drawn for a picture, by a seed.
  func drawn(
    for size: PictureSize, seenAs target: PictureSize? = nil, seed: UInt64 = 1,
    at moment: Moment = Moment(iteration: 0, of: 1)
  ) -> (any PictureTransformation)? {
    var generator = SeededGenerator(seed: seed)
    return draw(for: size, seenAs: target ?? size, at: moment, using: &generator)
  }

  /// A picture as it is shown.
  func shown(
    _ picture: [Float], _ size: PictureSize, seed: UInt64 = 1,
    at moment: Moment = Moment(iteration: 0, of: 1)
  ) -> [Float] {
    drawn(for: size, seed: seed, at: moment)?.transformed(picture) ?? picture
  }
}

extension PictureSize {
  /// A picture of uniform noise.
  func noise(seed: UInt64 = 5) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float(generator.uniform()) }
  }
}
