import FeatureVisualization
import Foundation

/// Pixels that cannot leave the range of pictures: `(1 + tanh θ) / 2`.
struct Squashed: Parameterization {
  var name: String { "Squashed" }
  var pixelSpace: PixelSpace? { nil }
  var keepsRange: Bool { true }

  func makeDecoder(for context: DecoderContext) -> any PictureDecoder {
    Decoder(parameterCount: context.size.count)
  }

  struct Decoder: PictureDecoder {
    let parameterCount: Int

    func initialParameters(using generator: inout SeededGenerator) -> [Float] {
      (0..<parameterCount).map { _ in 0.1 * Float(generator.normal()) }
    }

    func parameters(decodingTo picture: [Float]) -> [Float]? {
      picture.map { atanh(2 * min(max($0, 0.001), 0.999) - 1) }
    }

    func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
      for i in parameters.indices { picture[i] = (1 + tanh(parameters[i])) / 2 }
    }

    func pullback(
      _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
      into parameterGradient: inout MutableSpan<Float>
    ) {
      for i in picture.indices {
        parameterGradient[i] = pictureGradient[i] * 2 * picture[i] * (1 - picture[i])
      }
    }
  }
}
