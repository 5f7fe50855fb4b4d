/// One grey picture for a network of colours: what another parameterization draws is the same in red, green and blue.
///
/// Pictures that come out are `[N, H, W, 3]` of three equal channels.
///
///     preset.parameterization = Grayscale(of: Fourier())
public struct Grayscale: Parameterization {
  /// What draws the one channel.
  public let parameterization: any Parameterization

  /// Shows what a parameterization draws in grey.
  public init(of parameterization: any Parameterization) {
    self.parameterization = parameterization
  }

  public var name: String { "Grayscale\(parameterization.name)" }
  /// None: the picture has more numbers than are drawn.
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { parameterization.keepsRange }
  public var hasOpacity: Bool { parameterization.hasOpacity }

  public func makeDecoder(for context: DecoderContext) throws -> any PictureDecoder {
    let order = context.specification.channelOrder
    guard order.isColor || order == .gray else {
      throw VisualizationError.incompatible(
        name, order.summary, reason: "grey is the same in each colour, and these are none")
    }
    let colors = context.size.channels - (hasOpacity ? 1 : 0)
    return Decoder(
      decoder: try parameterization.makeDecoder(for: try Self.gray(context, colors)),
      colors: colors, opacities: context.size.channels - colors)
  }

  public func resampled(
    _ parameters: [Float], from: DecoderContext, to: DecoderContext
  ) -> [Float]? {
    let opacities = hasOpacity ? 1 : 0
    guard let from = try? Self.gray(from, from.size.channels - opacities),
      let to = try? Self.gray(to, to.size.channels - opacities)
    else { return nil }
    return parameterization.resampled(parameters, from: from, to: to)
  }

  /// The same picture in grey, for a network that takes it with the averages over the colours.
  private static func gray(_ context: DecoderContext, _ colors: Int) throws -> DecoderContext {
    let own = context.specification
    func average(_ numbers: [Float]) -> [Float] { [numbers.reduce(0, +) / Float(numbers.count)] }
    let specification = try InputSpecification(
      channelOrder: .gray, valueRange: own.valueRange, mean: average(own.mean),
      standardDeviation: average(own.standardDeviation))
    return DecoderContext(
      size: PictureSize(
        height: context.size.height, width: context.size.width,
        channels: context.size.channels - colors + 1),
      specification: specification, picture: context.picture, pictureCount: context.pictureCount)
  }

  private struct Decoder: PictureDecoder {
    let decoder: any PictureDecoder
    let colors: Int
    /// 1 where an opacity lies behind the colours.
    let opacities: Int

    var parameterCount: Int { decoder.parameterCount }
    var sharedParameterCount: Int { decoder.sharedParameterCount }

    func initialParameters(using generator: inout SeededGenerator) -> [Float] {
      decoder.initialParameters(using: &generator)
    }

    /// Those of the mean of the colours, which is nearest.
    func parameters(decodingTo picture: [Float]) -> [Float]? {
      var gray = [Float](
        repeating: 0, count: picture.count / (colors + opacities) * (1 + opacities))
      var span = gray.mutableSpan
      gather(picture.span, into: &span, share: 1 / Float(colors))
      return decoder.parameters(decodingTo: gray)
    }

    func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
      let count = picture.count / (colors + opacities) * (1 + opacities)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { memory in
        memory.initialize(repeating: 0)
        var gray = memory.mutableSpan
        decoder.decode(parameters, into: &gray)
        spread(gray.span, into: &picture)
      }
    }

    func pullback(
      _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
      into parameterGradient: inout MutableSpan<Float>
    ) {
      let count = picture.count / (colors + opacities) * (1 + opacities)
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * count) { memory in
        memory.initialize(repeating: 0)
        var gray = UnsafeMutableBufferPointer(rebasing: memory[..<count]).mutableSpan
        gather(picture, into: &gray, share: 1 / Float(colors))
        var gradient = UnsafeMutableBufferPointer(rebasing: memory[count...]).mutableSpan
        gather(pictureGradient, into: &gradient, share: 1)
        decoder.pullback(
          gradient.span, at: parameters, picture: gray.span, into: &parameterGradient)
      }
    }

    /// Writes the grey into each colour.
    private func spread(_ gray: Span<Float>, into picture: inout MutableSpan<Float>) {
      let channels = colors + opacities
      for index in picture.indices {
        let (pixel, channel) = (index / channels, index % channels)
        picture[index] = gray[pixel * (1 + opacities) + (channel < colors ? 0 : 1)]
      }
    }

    /// Writes a share of the sum over the colours, and the opacity as it is.
    private func gather(
      _ picture: Span<Float>, into gray: inout MutableSpan<Float>, share: Float
    ) {
      let channels = colors + opacities
      for pixel in 0..<picture.count / channels {
        var sum: Float = 0
        for color in 0..<colors { sum += picture[pixel * channels + color] }
        gray[pixel * (1 + opacities)] = sum * share
        if opacities > 0 { gray[pixel * (1 + opacities) + 1] = picture[pixel * channels + colors] }
      }
    }
  }
}
