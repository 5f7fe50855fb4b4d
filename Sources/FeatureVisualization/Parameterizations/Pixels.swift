/// The pixels themselves, in the scale of a pixel space.
public struct Pixels: Parameterization {
  /// Where an optimization starts, in the scale of the space.
  public enum Start: Sendable, Equatable {
    /// Normal noise.
    case normal(mean: Float, deviation: Float)
    /// Uniform noise.
    case uniform(ClosedRange<Float>)
  }

  /// The scale of the pixels.
  public let space: PixelSpace
  /// Where an optimization starts.
  public let start: Start
  /// Whether pixels are held in the range of pictures, at the start and after every step.
  public let keepsRange: Bool

  public init(in space: PixelSpace = .unit, start: Start, keepsRange: Bool = true) {
    self.space = space
    self.start = start
    self.keepsRange = keepsRange
  }

  public var name: String { "Pixels" }
  public var pixelSpace: PixelSpace? { space }

  public func makeDecoder(for context: DecoderContext) throws(VisualizationError)
    -> any PictureDecoder
  {
    if case .normal(let mean, let deviation) = start,
      !(mean.isFinite && deviation.isFinite && deviation >= 0)
    {
      throw .invalidArgument("start", "normal noise of mean \(mean) and deviation \(deviation)")
    }
    return Decoder(
      mapping: try space.mapping(context.specification), start: start, keepsRange: keepsRange,
      parameterCount: context.size.count)
  }

  private struct Decoder: PictureDecoder {
    let mapping: PixelMapping
    let start: Start
    let keepsRange: Bool
    let parameterCount: Int

    func initialParameters(using generator: inout SeededGenerator) -> [Float] {
      var pixels = (0..<parameterCount).map { _ in
        switch start {
        case .normal(let mean, let deviation): mean + deviation * Float(generator.normal())
        case .uniform(let range):
          range.lowerBound
            + (range.upperBound - range.lowerBound) * Float(generator.uniform())
        }
      }
      if keepsRange { mapping.clamp(&pixels, count: pixels.count) }
      return pixels
    }

    func parameters(decodingTo picture: [Float]) -> [Float]? {
      var result = picture
      mapping.apply(picture, &result, count: picture.count)
      return result
    }

    func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
      parameters.withUnsafeBufferPointer { parameters in
        picture.withUnsafeMutableBufferPointer { picture in
          guard let from = parameters.baseAddress, let to = picture.baseAddress else { return }
          mapping.applyInverse(from, to, count: parameterCount)
          guard keepsRange else { return }
          // What is in range in another scale may be rounded out of it; what is farther out is the caller's.
          for index in 0..<parameterCount where abs(to[index] - 0.5) < 0.500_002 {
            to[index] = min(max(to[index], 0), 1)
          }
        }
      }
    }

    func pullback(
      _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
      into parameterGradient: inout MutableSpan<Float>
    ) {
      pictureGradient.withUnsafeBufferPointer { picture in
        parameterGradient.withUnsafeMutableBufferPointer { parameters in
          guard let from = picture.baseAddress, let to = parameters.baseAddress else { return }
          mapping.pullBackInverse(from, to, count: parameterCount)
        }
      }
    }
  }
}
