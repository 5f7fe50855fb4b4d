import FeatureVisualization

/// Shows the network the picture or its mirror image, as chance has it.
struct Mirroring: InputModifier {
  var name: String { "Mirroring" }
  var isRandom: Bool { true }

  func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    generator.integer(in: 0...1) == 0 ? nil : MirrorImage(outputSize: size)
  }
}

/// Left and right exchanged.
struct MirrorImage: PictureTransformation {
  let outputSize: PictureSize

  func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
    for i in input.indices { output[mirrored(i)] = input[i] }
  }

  func pullback(
    _ outputGradient: Span<Float>, at input: Span<Float>,
    addingTo inputGradient: inout MutableSpan<Float>
  ) {
    for i in inputGradient.indices { inputGradient[i] += outputGradient[mirrored(i)] }
  }

  private func mirrored(_ index: Int) -> Int {
    let (pixel, channel) = index.quotientAndRemainder(dividingBy: outputSize.channels)
    let (row, column) = pixel.quotientAndRemainder(dividingBy: outputSize.width)
    return (row * outputSize.width + outputSize.width - 1 - column) * outputSize.channels + channel
  }
}
