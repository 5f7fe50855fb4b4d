import Testing

@testable import FeatureVisualization

/// Transformations that are put together give what they give one after the other.
struct TransformationChainTests {
  /// Draws transformations in a row, seeded alike.
  private func draw(
    _ modifiers: [any InputModifier], _ size: PictureSize, seed: UInt64
  ) -> [any PictureTransformation] {
    var generator = SeededGenerator(seed: seed)
    var current = size
    return modifiers.compactMap { modifier in
      let drawn = modifier.draw(
        for: current, at: Moment(iteration: 0, of: 1), using: &generator)
      current = drawn?.outputSize ?? current
      return drawn
    }
  }

  @Test(
    arguments: [
      Preset.lucid.inputModifiers,
      [.randomCrop(5), .padding(9, brightness: 0.2), .randomCrop(3), .jitter(4), .randomCrop(4)],
      [.randomScale([0.8, 1.3]), .randomCrop(4), .randomCrop(3), .padding(2)],
      [.jitter(7), .randomCrop(6)], [],
    ] as [[any InputModifier]], [UInt64(1), 2, 3])
  func `a chain is its transformations one after the other`(
    modifiers: [any InputModifier], seed: UInt64
  ) throws {
    let size = PictureSize(height: 40, width: 46)
    var generator = SeededGenerator(seed: 9)
    let picture = (0..<size.count).map { _ in Float(generator.uniform()) }
    let weights = (0..<size.count).map { _ in Float(generator.normal()) }
    var single = draw(modifiers, size, seed: seed)
    if let last = single.last?.outputSize, last != size {
      single.append(Translation.centered(last, height: size.height, width: size.width))
    }
    let expected = single.reduce(picture) { $1.transformed($0) }
    var gradient = weights
    for (index, transformation) in single.enumerated().reversed() {
      let count = index == 0 ? size.count : single[index - 1].outputSize.count
      gradient = transformation.pulledBack(gradient, count: count)
    }

    var chain = TransformationChain()
    var (found, foundGradient) = (picture, weights)
    // A chain is used again and again: nothing may be left of what was drawn before.
    for seed in [seed + 1, seed] {
      var drawing = SeededGenerator(seed: seed)
      found = picture.map { _ in .nan }
      foundGradient = picture.map { _ in 0 }
      try chain.draw(
        modifiers, size, target: size, fit: .cropping, at: Moment(iteration: 0, of: 1),
        using: &drawing)
      var span = found.mutableSpan
      chain.apply(picture.span, into: &span)
      var gradientSpan = foundGradient.mutableSpan
      chain.pullback(weights.span, at: picture.span, addingTo: &gradientSpan)
    }
    #expect(largestDifference(found, expected) == 0)
    #expect(largestDifference(foundGradient, gradient) < 1e-5)
  }
}
