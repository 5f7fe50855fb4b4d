import FeatureVisualization

/// A parameterization as it is in a batch, and off its start: where layers start from 0, gradients before them are 0.
struct ShiftedStart: Parameterization {
  let parameterization: any Parameterization
  var deviation: Float = 0
  var picture = 0
  var pictureCount = 1

  var name: String { parameterization.name }
  var pixelSpace: PixelSpace? { parameterization.pixelSpace }
  var keepsRange: Bool { parameterization.keepsRange }
  var hasOpacity: Bool { parameterization.hasOpacity }

  func makeDecoder(for context: DecoderContext) throws -> any PictureDecoder {
    Decoder(
      decoder: try parameterization.makeDecoder(
        for: DecoderContext(
          size: context.size, specification: context.specification, picture: picture,
          pictureCount: pictureCount)), deviation: deviation)
  }

  private struct Decoder: PictureDecoder {
    let decoder: any PictureDecoder
    let deviation: Float
    var parameterCount: Int { decoder.parameterCount }
    var sharedParameterCount: Int { decoder.sharedParameterCount }
    func initialParameters(using generator: inout SeededGenerator) -> [Float] {
      decoder.initialParameters(using: &generator).map {
        $0 + deviation * Float(generator.normal())
      }
    }
    func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
      decoder.decode(parameters, into: &picture)
    }
    func pullback(
      _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
      into parameterGradient: inout MutableSpan<Float>
    ) {
      decoder.pullback(pictureGradient, at: parameters, picture: picture, into: &parameterGradient)
    }
  }
}
