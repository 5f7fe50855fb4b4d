import FeatureVisualization

extension Vocabulary where Value == any Parameterization {
  /// What the optimizer turns the knobs of.
  static var parameterizations: Vocabulary { parameterizationsOfRecipes }
}

private let parameterizationsOfRecipes = Vocabulary<any Parameterization>(
  "parameterization", planeWords + spectrumWords + wrappingWords)

/// Pixels, planes of them, and functions of places.
private let planeWords: [Word<any Parameterization>] = [
  Word(
    "pixels(space: unit, mean: 0.5, deviation: 0.01, keeps-range: true)",
    "The pixels themselves, from normal noise."
  ) {
    Pixels(
      in: try $0.space("space"),
      start: .normal(mean: try $0.number("mean"), deviation: try $0.number("deviation")),
      keepsRange: try $0.flag("keeps-range"))
  },
  Word(
    "uniform-pixels(low, high, space: unit, keeps-range: true)",
    "The pixels themselves, from uniform noise."
  ) { arguments in
    let (low, high) = (try arguments.number("low"), try arguments.number("high"))
    guard low <= high else {
      throw VisualizationError.invalidArgument("uniform-pixels", "\(low) is above \(high)")
    }
    return Pixels(
      in: try arguments.space("space"), start: .uniform(low...high),
      keepsRange: try arguments.flag("keeps-range"))
  },
  Word(
    "laplacian-pyramid(levels: 4, deviation: 0.01, colors: imagenet)",
    "The sum of planes, each half as large as the one before."
  ) {
    LaplacianPyramid(
      levels: try $0.integer("levels"), deviation: try $0.number("deviation"),
      colors: try $0.colors("colors"))
  },
  Word(
    "low-resolution(own: [1], shared: [], deviation: 0.01, colors: imagenet)",
    "The sum of planes smaller by divisors, some of them shared by a batch."
  ) { arguments in
    LowResolution(
      try arguments.integers("own").map { .own($0) }
        + arguments.integers("shared").map { .shared($0) },
      deviation: try arguments.number("deviation"), colors: try arguments.colors("colors"))
  },
  Word(
    "cppn(channels: 24, layers: 8, shares-layers: false)",
    "A small network that makes colours of places."
  ) {
    CPPN(
      hiddenChannels: try $0.integer("channels"), hiddenLayers: try $0.integer("layers"),
      sharesHiddenLayers: try $0.flag("shares-layers"))
  },
]

/// Spectra.
private let spectrumWords: [Word<any Parameterization>] = [
  Word(
    "fourier(decay: 1, deviation: 0.01, colors: imagenet, opacity: false)",
    "The spectrum, in decorrelated colours."
  ) {
    Fourier(
      decay: try $0.number("decay"), deviation: try $0.number("deviation"),
      colors: try $0.colors("colors"), hasOpacity: try $0.flag("opacity"))
  },
  Word(
    "magnitude-constrained(exponent: 1, colors: imagenet, pictures: none)",
    "The phases of a spectrum whose magnitudes fall by a power, or are those of pictures."
  ) { arguments in
    let colors = try arguments.colors("colors")
    let magnitude: SpectrumMagnitude =
      arguments.isOmitted("pictures")
      ? .powerLaw(exponent: try arguments.number("exponent"))
      : try SpectrumMagnitude(of: try arguments.pictures("pictures"), colors: colors)
    return MagnitudeConstrained(magnitude: magnitude, colors: colors)
  },
  Word(
    "magnitude-bounded(photo, colors: imagenet)",
    "A spectrum whose magnitudes are at most those of a photo."
  ) {
    MagnitudeBounded(by: try $0.picture("photo"), colors: try $0.colors("colors"))
  },
]

/// What goes round another parameterization.
private let wrappingWords: [Word<any Parameterization>] = [
  Word("grayscale(of)", "Grey pictures for a network of colours.") {
    Grayscale(of: try $0.word("of", of: .parameterizations))
  },
  Word("masked(of, mask, photo)", "A photo that is drawn over where a mask is 1.") {
    MaskedPicture(
      try $0.word("of", of: .parameterizations), mask: try $0.picture("mask"),
      photo: try $0.picture("photo"))
  },
  Word("transparent(of, opacity: fourier(colors: none))", "Pictures with opacity.") {
    Transparent(
      try $0.word("of", of: .parameterizations),
      opacity: try $0.word("opacity", of: .parameterizations))
  },
]

extension RecipeArguments {
  /// The basis of colours.
  fileprivate func colors(_ name: String) throws(RecipeError) -> ColorDecorrelation? {
    try choice(name, ["imagenet": .imageNet, "i1i2i3": .i1i2i3, "none": nil])
  }
}
