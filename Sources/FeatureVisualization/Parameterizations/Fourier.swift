#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// The picture's spectrum, scaled so that every frequency counts alike, in decorrelated colours; channels that are no colours
/// have a spectrum each.
///
/// `picture = σ(colours · irfft2(spectrum · √(H·W) / max(f, 1/max(H, W))^decay) / 4)`, frequencies in cycles per
/// pixel; the inverse transform divides by H·W. Pictures stay in 0…1 by the sigmoid. An opacity has a spectrum of its own.
/// Olah et al. 2017, https://distill.pub/2017/feature-visualization.
public struct Fourier: Parameterization {
  /// The power of the frequency that amplitudes are divided by: 1 is that of natural pictures.
  public let decay: Float
  /// The deviation of the spectrum at the start.
  public let deviation: Float
  /// The basis of colours, or of the channels that pictures have; `nil` optimises each as it is.
  ///
  /// ImageNet's is for red, green and blue: channels that are no colours, and grey, do without it.
  public let colors: ColorDecorrelation?
  public let hasOpacity: Bool

  /// A spectrum for each channel.
  ///
  /// - Parameters:
  ///   - decay: the power of the frequency that amplitudes are divided by.
  ///   - deviation: the deviation of the spectrum at the start.
  ///   - colors: the basis of colours, or of the channels that pictures have; `nil` optimises each as it is.
  ///   - hasOpacity: whether a further channel says how opaque each pixel is.
  public init(
    decay: Float = 1, deviation: Float = 0.01, colors: ColorDecorrelation? = .imageNet,
    hasOpacity: Bool = false
  ) {
    self.decay = decay
    self.deviation = deviation
    self.colors = colors
    self.hasOpacity = hasOpacity
  }

  public var name: String { "Fourier" }
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { true }

  public func makeDecoder(for context: DecoderContext) throws(VisualizationError)
    -> any PictureDecoder
  {
    try validate()
    return decoder(
      context.size, colors: try context.matrix(of: colors, besides: hasOpacity ? 1 : 0))
  }

  /// Refuses numbers that make no sense.
  func validate() throws(VisualizationError) {
    guard decay.isFinite, deviation.isFinite, deviation >= 0 else {
      throw .invalidArgument("Fourier", "decay \(decay), deviation \(deviation)")
    }
  }

  private func decoder(_ size: PictureSize, colors: [Float]?) -> FourierDecoder {
    FourierDecoder(
      size: size, deviation: deviation, transform: transform(size), colors: colors)
  }

  /// The transform of spectra into planes.
  func transform(_ size: PictureSize) -> InverseRealTransform {
    InverseRealTransform(
      height: size.height, width: size.width,
      gain: { gain($0, height: size.height, width: size.width) })
  }

  /// A picture that a run may start from.
  func randomPicture(_ size: PictureSize, _ generator: inout SeededGenerator) -> [Float] {
    let decoder = decoder(size, colors: size.channels == 3 ? colors?.matrix : nil)
    return decoder.picture(of: decoder.initialParameters(using: &generator), size)
  }

  /// What a number of the spectrum is multiplied by, at a frequency in cycles per pixel.
  private func gain(_ frequency: Double, height: Int, width: Int) -> Double {
    let lowest = 1 / Double(max(height, width))
    let area = Double(height * width)
    return area.squareRoot() / pow(max(frequency, lowest), Double(decay)) / (4 * area)
  }

  /// The spectrum of the same waves on a picture of another size: those that it has no room for are left out.
  public func resampled(
    _ parameters: [Float], from: DecoderContext, to: DecoderContext
  ) -> [Float]? {
    SpectrumResampling(from: from.size, to: to.size, gain: gain)?.apply(parameters)
  }
}
