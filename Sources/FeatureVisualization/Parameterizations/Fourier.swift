#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// The picture's spectrum, scaled so that every frequency counts alike, in decorrelated colours.
///
/// `picture = σ(colours · irfft2(spectrum · √(H·W) / max(f, 1/max(H, W))^decay) / 4)`, frequencies in cycles per
/// pixel; the inverse transform divides by H·W. Pictures stay in 0…1 by the sigmoid.
/// Olah et al. 2017, https://distill.pub/2017/feature-visualization.
public struct Fourier: Parameterization {
  /// The power of the frequency that amplitudes are divided by: 1 is that of natural pictures.
  public let decay: Float
  /// The deviation of the spectrum at the start.
  public let deviation: Float
  /// The basis of colours; `nil` optimises red, green and blue as they are.
  public let colors: ColorDecorrelation?

  public init(
    decay: Float = 1, deviation: Float = 0.01, colors: ColorDecorrelation? = .imageNet
  ) {
    self.decay = decay
    self.deviation = deviation
    self.colors = colors
  }

  public var name: String { "Fourier" }
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { true }

  public func makeDecoder(_ size: PictureSize, for specification: InputSpecification)
    throws(VisualizationError) -> any PictureDecoder
  {
    guard decay.isFinite, deviation.isFinite, deviation >= 0 else {
      throw .invalidArgument("Fourier", "decay \(decay), deviation \(deviation)")
    }
    return FourierDecoder(
      size: size, deviation: deviation,
      transform: InverseRealTransform(
        height: size.height, width: size.width,
        gain: { frequency in
          let lowest = 1 / Double(max(size.height, size.width))
          let area = Double(size.height * size.width)
          return area.squareRoot() / pow(max(frequency, lowest), Double(decay)) / (4 * area)
        }),
      colors: size.channels == 3 ? colors?.matrix : nil)
  }
}
