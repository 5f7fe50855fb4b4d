import FeatureVisualization

extension Vocabulary where Value == [any InputModifier] {
  /// Transformations before the network; some words are several of them.
  static var transformations: Vocabulary { transformationsOfRecipes }
}

private let transformationsOfRecipes = Vocabulary<[any InputModifier]>(
  "transformation", placeWords + colorWords + chainWords)

/// Where pixels go.
private let placeWords: [Word<[any InputModifier]>] = [
  Word(
    "jitter(pixels)", "A shift by up to so many pixels; what leaves comes back on the other side."
  ) {
    [Jitter(.pixels(try $0.integer("pixels")))]
  },
  Word("jitter-share(share)", "A shift by up to a share of the side, 0 to 1.") {
    [Jitter(.share(try $0.double("share")))]
  },
  Word("crop(pixels)", "A window smaller by so many pixels, at a random place.") {
    [Jitter(.pixels(try $0.integer("pixels")), edge: .crop)]
  },
  Word("crop-share(share)", "A window smaller by a share of the side, at a random place.") {
    [Jitter(.share(try $0.double("share")), edge: .crop)]
  },
  Word(
    "box-crop(low, high, smallest: 0.05, largest: 1, deviation: 0.15)",
    "A square whose side is between two shares, about the middle, as large as what the network sees."
  ) { arguments in
    let (smallest, largest) = (
      try arguments.double("smallest"), try arguments.double("largest")
    )
    guard smallest <= largest else {
      throw VisualizationError.invalidArgument("box-crop", "\(smallest) is above \(largest)")
    }
    return [
      BoxCrop(
        side: .uniform(from: try arguments.schedule("low"), to: try arguments.schedule("high")),
        heldIn: smallest...largest,
        placement: .normal(deviation: try arguments.schedule("deviation")))
    ]
  },
  Word(
    "padding(pixels, fill: gray, brightness: 0.5)",
    "A frame: gray, random-gray, mirrored or symmetric."
  ) {
    arguments in
    let gray = PicturePadding.Fill.gray(try arguments.number("brightness"))
    return [
      PicturePadding(
        .pixels(try arguments.integer("pixels")),
        fill: try arguments.choice(
          "fill",
          [
            "gray": gray, "random-gray": .randomGray, "mirrored": .mirrored,
            "symmetric": .symmetric,
          ]))
    ]
  },
  Word("scale(factors)", "A size drawn from a list of factors.") {
    [RandomScale(try $0.numbers("factors").map(Double.init))]
  },
  Word("scale-between(low, high, per-axis: false)", "A size between two factors.") {
    [
      RandomScale(
        .uniform(from: try $0.schedule("low"), to: try $0.schedule("high")),
        isPerAxis: try $0.flag("per-axis"))
    ]
  },
  Word("rotate(degrees)", "A turn drawn from a list of angles.") {
    [RandomRotation(degrees: try $0.numbers("degrees").map(Double.init))]
  },
  Word("rotate-between(low, high)", "A turn between two angles.") {
    [
      RandomRotation(
        degrees: .uniform(from: try $0.schedule("low"), to: try $0.schedule("high")))
    ]
  },
  Word("flip(axis: horizontal, probability: 0.5)", "A mirror image, now and then.") {
    [
      Flip(
        try $0.choice("axis", ["horizontal": .horizontal, "vertical": .vertical]),
        probability: try $0.double("probability"))
    ]
  },
]

/// What pixels become.
private let colorWords: [Word<[any InputModifier]>] = [
  Word("random-blur(low: 1, high: 2, side: 9)", "A blur whose deviation is between two.") {
    [
      RandomBlur(
        sigma: .uniform(from: try $0.schedule("low"), to: try $0.schedule("high")),
        kernelSide: try $0.integer("side"))
    ]
  },
  Word("noise(deviation, width: 0)", "Normal noise, and uniform noise of a width.") {
    [Noise(deviation: try $0.schedule("deviation"), width: try $0.schedule("width"))]
  },
  Word("color-shift(mean: 1, log-deviation: 1)", "Another mean and deviation for each channel.") {
    [
      ColorShift(mean: try $0.schedule("mean"), logDeviation: try $0.schedule("log-deviation"))
    ]
  },
  Word("color-offset(deviation)", "Another mean for each channel.") {
    [ColorOffset(deviation: try $0.schedule("deviation"))]
  },
  Word("over-noise", "A picture with opacity over noise drawn anew at each step.") { _ in
    [OpacityOverBackground(.noise)]
  },
  Word("over-gray(brightness: 0.5)", "A picture with opacity over a grey.") {
    [OpacityOverBackground(.gray(try $0.number("brightness")))]
  },
  Word(
    "over-spectrum(deviation: 0.5)", "A picture with opacity over pictures with a natural spectrum."
  ) {
    [OpacityOverBackground(.spectrum(deviation: try $0.number("deviation")))]
  },
]

/// The chains that other systems use, each under its name.
private let chainWords: [Word<[any InputModifier]>] = [
  Word("lucid", "lucid's chain.") { _ in .lucid },
  Word("lucid-strong", "The chain of lucid's atlases.") { _ in .lucidStrong },
  Word("close-ups", "The boxes and the noise of the recommended recipe.") { _ in .closeUps },
  Word("shifts", "The shifts, scales and turns of the recommended recipe for small pictures.") {
    _ in
    .shifts
  },
  Word("captum", "The chain of captum's optimization.") { _ in .captum },
  Word("captum-robust", "The strong chain of captum's optimization.") { _ in .captumRobust },
  Word("tf-keras-vis", "The chain of tf-keras-vis.") { _ in .tfKerasVis },
  Word("xplique", "Xplique's chain.") { _ in .xplique },
  Word("maco", "The crops and the noise of MACO.") { _ in .maco },
  Word("horama", "Horama's crops and noise.") { _ in .horama },
  Word("accentuation", "The crops and the noise of feature accentuation.") { _ in .accentuation },
  Word("torch-dreams", "The chain of torch-dreams.") { _ in .torchDreams },
  Word("deep-inversion", "The shift and the mirror image of DeepInversion.") { _ in .deepInversion
  },
  Word("color-jitter", "The shifts of colour of Plug-In Inversion.") { _ in .colorShift },
]
