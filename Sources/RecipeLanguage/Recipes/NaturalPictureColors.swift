public import FeatureVisualization

/// What a folder of natural pictures has in common that a recipe draws with: its colours and its spectrum.
public struct NaturalPictureColors: Sendable {
  /// The basis in which the colours of the pictures are uncorrelated; `nil` for the recipe's own.
  public let colors: ColorDecorrelation?
  /// How strong each frequency is in the pictures.
  public let magnitude: SpectrumMagnitude
  /// The power of the frequency by which the magnitudes fall; `nil` for the recipe's own.
  public let decay: Float?

  /// - Parameters:
  ///   - colors: the basis in which the colours of the pictures are uncorrelated; `nil` for the recipe's own.
  ///   - magnitude: how strong each frequency is, in this basis.
  ///   - decay: the power of the frequency by which the magnitudes fall; `nil` for the recipe's own.
  public init(colors: ColorDecorrelation?, magnitude: SpectrumMagnitude, decay: Float?) {
    (self.colors, self.magnitude, self.decay) = (colors, magnitude, decay)
  }
}

extension Preset {
  /// Draws with the colours and the spectrum of pictures, where the parameterization has such: of a spectrum the decay and the
  /// colours, of phases the magnitudes and the colours.
  mutating func take(_ pictures: NaturalPictureColors) {
    if let own = parameterization as? Fourier {
      parameterization = Fourier(
        decay: pictures.decay ?? own.decay, deviation: own.deviation,
        colors: pictures.colors ?? own.colors, hasOpacity: own.hasOpacity)
    } else if let own = parameterization as? MagnitudeConstrained {
      parameterization = MagnitudeConstrained(
        magnitude: pictures.magnitude, colors: pictures.colors ?? own.colors)
    }
  }
}
