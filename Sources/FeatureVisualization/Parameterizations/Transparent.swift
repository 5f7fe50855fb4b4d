/// A picture that may be clear in parts: a parameterization draws its colours, and another its opacity, as a grey picture.
///
///     let opacity = TensorExpression.reading(.opacity).mean()
///     recipe.parameterization = Transparent(MagnitudeConstrained())
///     recipe.inputModifiers = [.overBackground()]
///     // What matters stays, and the rest becomes clear.
///     let objective = ActivationMaximization(layer: "mixed4a", units: [17]) * (1 - opacity)
///
/// `Fourier(hasOpacity:)` is the same in one spectrum. An opacity of `MagnitudeConstrained` would have a mean of its own.
/// https://github.com/tensorflow/lucid, `collapse_alpha_random`.
public struct Transparent: Parameterization {
  /// What draws the colours.
  public let parameterization: any Parameterization
  /// What draws the opacity, 0…1, as a picture of one channel.
  public let opacity: any Parameterization

  /// Colours with an opacity.
  ///
  /// - Parameters:
  ///   - parameterization: what draws the colours; it has no opacity itself.
  ///   - opacity: what draws the opacity, as a picture of one channel that stays in 0…1.
  public init(
    _ parameterization: any Parameterization,
    opacity: any Parameterization = Fourier(colors: nil)
  ) {
    self.parameterization = parameterization
    self.opacity = opacity
  }

  public var name: String { "Transparent\(parameterization.name)" }
  /// None: a number of the opacity is no pixel.
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { parameterization.keepsRange }
  public var hasOpacity: Bool { true }

  public func makeDecoder(for context: DecoderContext) throws -> any PictureDecoder {
    guard !parameterization.hasOpacity, !opacity.hasOpacity, opacity.keepsRange else {
      throw VisualizationError.incompatible(
        name, opacity.name,
        reason: "the colours have an opacity already, or what draws the opacity leaves 0...1")
    }
    let parts = try Self.parts(context)
    let drawn = try opacity.makeDecoder(for: parts.opacity)
    guard drawn.sharedParameterCount == 0 else {
      throw VisualizationError.incompatible(
        name, opacity.name, reason: "the colours alone may share numbers in a batch")
    }
    return TransparentDecoder(
      colors: try parameterization.makeDecoder(for: parts.colors), opacity: drawn,
      channels: context.size.channels)
  }

  /// The two pictures that are drawn.
  private static func parts(
    _ context: DecoderContext
  ) throws(VisualizationError) -> (colors: DecoderContext, opacity: DecoderContext) {
    func part(_ channels: Int, _ specification: InputSpecification) -> DecoderContext {
      DecoderContext(
        size: PictureSize(
          height: context.size.height, width: context.size.width, channels: channels),
        specification: specification, picture: context.picture, pictureCount: context.pictureCount)
    }
    return (
      part(context.size.channels - 1, context.specification),
      part(1, try InputSpecification(channelOrder: .gray))
    )
  }
}

/// Decodes opacity and colours side by side; the opacity's numbers come first, since what the colours share is last.
struct TransparentDecoder: PictureDecoder {
  private let colors: any PictureDecoder
  private let opacity: any PictureDecoder
  private let channels: Int
  private let memory = ReusedMemory()

  /// - Parameter channels: those of the picture, with its opacity.
  init(colors: any PictureDecoder, opacity: any PictureDecoder, channels: Int) {
    (self.colors, self.opacity, self.channels) = (colors, opacity, channels)
  }

  var parameterCount: Int { colors.parameterCount + opacity.parameterCount }
  var sharedParameterCount: Int { colors.sharedParameterCount }

  func initialParameters(using generator: inout SeededGenerator) -> [Float] {
    let own = colors.initialParameters(using: &generator)
    return opacity.initialParameters(using: &generator) + own
  }

  func parameters(decodingTo picture: [Float]) -> [Float]? {
    let pixels = 0..<picture.count / channels
    let opacities = pixels.map { picture[$0 * channels + channels - 1] }
    let rest = pixels.flatMap { picture[$0 * channels..<($0 + 1) * channels - 1] }
    guard let first = opacity.parameters(decodingTo: opacities),
      let second = colors.parameters(decodingTo: rest)
    else { return nil }
    return first + second
  }

  func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
    let pixels = picture.count / channels
    withParts(pixels) { drawn, clear, _, _ in
      opacity.decode(parameters.extracting(first: opacity.parameterCount), into: &clear)
      colors.decode(parameters.extracting(droppingFirst: opacity.parameterCount), into: &drawn)
      for pixel in 0..<pixels {
        for channel in 0..<channels - 1 {
          picture[pixel * channels + channel] = drawn[pixel * (channels - 1) + channel]
        }
        picture[pixel * channels + channels - 1] = clear[pixel]
      }
    }
  }

  func pullback(
    _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
    into parameterGradient: inout MutableSpan<Float>
  ) {
    let pixels = picture.count / channels
    withParts(pixels) { drawn, clear, drawnGradient, clearGradient in
      for pixel in 0..<pixels {
        for channel in 0..<channels - 1 {
          let (from, to) = (pixel * channels + channel, pixel * (channels - 1) + channel)
          drawn[to] = picture[from]
          drawnGradient[to] = pictureGradient[from]
        }
        clear[pixel] = picture[pixel * channels + channels - 1]
        clearGradient[pixel] = pictureGradient[pixel * channels + channels - 1]
      }
      let count = opacity.parameterCount
      parameterGradient.withUnsafeMutableBufferPointer { gradient in
        var first = UnsafeMutableBufferPointer(rebasing: gradient[..<count]).mutableSpan
        opacity.pullback(
          clearGradient.span, at: parameters.extracting(first: count), picture: clear.span,
          into: &first)
        var second = UnsafeMutableBufferPointer(rebasing: gradient[count...]).mutableSpan
        colors.pullback(
          drawnGradient.span, at: parameters.extracting(droppingFirst: count), picture: drawn.span,
          into: &second)
      }
    }
  }

  /// Hands memory for the two pictures and their gradients to `body`.
  private func withParts(
    _ pixels: Int,
    _ body: (
      _ colors: inout MutableSpan<Float>, _ opacity: inout MutableSpan<Float>,
      _ colorGradient: inout MutableSpan<Float>, _ opacityGradient: inout MutableSpan<Float>
    ) -> Void
  ) {
    let colors = pixels * (channels - 1)
    memory.withNumbers(2 * (colors + pixels)) { base in
      func part(_ start: Int, _ count: Int) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: base + start, count: count)
      }
      var drawn = part(0, colors).mutableSpan
      var clear = part(colors, pixels).mutableSpan
      var drawnGradient = part(colors + pixels, colors).mutableSpan
      var clearGradient = part(2 * colors + pixels, pixels).mutableSpan
      body(&drawn, &clear, &drawnGradient, &clearGradient)
    }
  }
}
