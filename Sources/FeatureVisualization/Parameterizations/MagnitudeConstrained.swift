/// MACO: only the phases of the picture's spectrum are optimised, its magnitude stays that of natural pictures, so that noise of
/// high frequency cannot grow.
///
/// ```
/// φ′ = (φ − mean φ) / (deviation φ + 1e-5)
/// s  = irfft2(M · e^{iφ′}),  s′ = (s − mean s) / (deviation s + 1e-5)
/// picture = σ(colours · s′)
/// ```
///
/// Means and deviations are those of all channels together. Phases start as normal noise of deviation 1. A picture has no way
/// back, since its magnitudes are others. Sides may be odd, of which Horama loses a column; crops and noise are modifiers.
/// Fel et al. 2023, https://arxiv.org/abs/2306.06805; https://github.com/deel-ai/xplique.
public struct MagnitudeConstrained: Parameterization {
  /// How strong each frequency is.
  public let magnitude: SpectrumMagnitude
  /// The basis of colours, or of the channels that pictures have; `nil` optimises each as it is.
  public let colors: ColorDecorrelation?

  /// Phases for a magnitude.
  ///
  /// - Parameters:
  ///   - magnitude: how strong each frequency is.
  ///   - colors: the basis of colours, or of the channels that pictures have; `nil` optimises each as it is.
  public init(
    magnitude: SpectrumMagnitude = .powerLaw(), colors: ColorDecorrelation? = .imageNet
  ) {
    self.magnitude = magnitude
    self.colors = colors
  }

  public var name: String { "MagnitudeConstrained" }
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { true }

  public func makeDecoder(for context: DecoderContext) throws(VisualizationError)
    -> any PictureDecoder
  {
    MagnitudeConstrainedDecoder(
      context.size, magnitudes: try magnitude.numbers(context.size),
      colors: try context.matrix(of: colors))
  }
}
