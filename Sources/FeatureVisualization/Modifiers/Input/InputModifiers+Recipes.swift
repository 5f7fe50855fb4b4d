#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// The transformations of the field's recipes, each under its program's name.
///
///     preset.inputModifiers = .lucidStrong
///     preset.inputModifiers = .captum + [.noise(0.02)]
///
/// What they leave becomes as large as the network's input by cropping, or by resizing where the recipe's canvas says so.
extension [any InputModifier] {
  /// lucid's standard: a grey frame, shifts, scales of 0.9…1.1, turns by up to 10°.
  ///
  /// https://github.com/tensorflow/lucid, `optvis/transform.py`.
  public static var lucid: Self {
    [
      .padding(12), .randomCrop(8), .randomScale((-5...5).map { 1 + Double($0) * 0.02 }),
      .randomRotation(degrees: (-10...10).map(Double.init) + [Double](repeating: 0, count: 5)),
      .randomCrop(4),
    ]
  }

  /// lucid's strong chain, of activation atlases: a mirrored frame, many shifts, shrinking by up to 7 %, turns by up to 20°.
  ///
  /// Carter et al. 2019, https://distill.pub/2019/activation-atlas.
  public static var lucidStrong: Self {
    [
      .padding(16, .mirrored), .randomCrop(4), .randomCrop(4), .randomCrop(8), .randomCrop(8),
      .randomCrop(8), .randomScale((20...39).map { pow(0.998, Double($0)) }),
      .randomRotation(degrees: strongAngles), .randomCrop(2),
    ]
  }

  /// captum.optim's default: scales of 0.95…1.05, shifts by up to 16 pixels that mirror the picture at its edges.
  ///
  /// captum's shifts never reach +16, and its scales leave the last of the list out.
  /// https://github.com/pytorch/captum/tree/optim-wip, `optim/_core/optimization.py`.
  public static var captum: Self {
    [.randomScale([1, 0.975, 1.025, 0.95, 1.05])] + mirroredJitter(16)
  }

  /// captum.optim's `TransformationRobustness`: ten mirrored shifts of 4, scales of 0.67…1.03, turns by up to 20°.
  ///
  /// https://github.com/pytorch/captum/tree/optim-wip, `optim/_param/image/transforms.py`.
  public static var captumRobust: Self {
    let shrunk = (20...39).map { pow(0.998, Double($0)) }
    return [.padding(2)] + (0..<10).flatMap { _ in mirroredJitter(4) } + [
      .randomScale((-5...79).map { pow(0.995, Double($0)) } + shrunk + shrunk),
      .randomRotation(degrees: strongAngles),
    ] + mirroredJitter(2)
  }

  /// tf-keras-vis' default: shifts by up to 4 pixels that come back on the other side, turns by up to 1°.
  ///
  /// tf-keras-vis' shifts never reach +4, and its modifiers rewrite the picture itself, so that blur adds up.
  /// https://github.com/keisen/tf-keras-vis.
  public static var tfKerasVis: Self {
    [.jitter(4), .randomRotation(degrees: .uniform(-1...1), edge: .clamp)]
  }

  /// Xplique's standard, for a canvas of any size: a black frame of a quarter of the side, shifts that leave half of it,
  /// shrinking by 4 to 8 %, a slight blur, a flip.
  ///
  /// https://github.com/deel-ai/xplique, `features_visualizations/transformations.py`.
  public static var xplique: Self {
    // In sixteenths of the side: 24 with the frame, 8 after five shifts, and what the scale leaves of them.
    let shifts = [2.0 / 24, 2.0 / 22, 4.0 / 20, 4.0 / 16, 4.0 / 12]
    let last = [1 / (8 * 0.94), 1 / (8 * 0.94 - 1)]
    func cropped(_ shares: [Double]) -> Self { shares.map { .randomCrop(share: $0) } }
    return [.padding(share: 0.25, .gray(0))] + cropped(shifts) + [
      .randomScale(.uniform(0.92...0.96)), .randomBlur(sigma: .uniform(1...1.1)),
    ] + cropped(last) + [.flip]
  }

  /// MACO's boxes as Xplique has them, whose side falls from half of the picture's to a twentieth, and noise.
  ///
  /// Noise is 0.08 of a range of −1…1. https://github.com/deel-ai/xplique, `features_visualizations/maco.py`.
  public static var maco: Self {
    [
      .boxCrop(side: .normal(mean: .linear(from: 0.5, to: 0.05), deviation: 0.05)), .noise(0.04),
    ]
  }

  /// Horama's boxes of a fifth to a quarter of the side, and noise.
  ///
  /// Horama's code draws sides of 0.25…0.30 where it says 0.20…0.25, and noise is 0.05 of a range of −2.5…2.5.
  /// https://github.com/serre-lab/Horama, `common.py`.
  public static var horama: Self {
    [.boxCrop(side: .uniform(0.2...0.25)), .noise(0.01)]
  }

  /// Feature accentuation's boxes of any size, evenly over the picture, and noise.
  ///
  /// Hamblin et al. 2024, https://arxiv.org/abs/2402.10039; https://github.com/chrishamblin7/faccent, `transform.py`.
  public static var accentuation: Self {
    [.boxCrop(side: .uniform(0.05...0.99), placement: .uniform), .noise(0.02)]
  }

  /// torch-dreams' default: turns by up to 15°, height and width scaled apart by 0.5…1.2.
  ///
  /// https://github.com/Mayukhdeb/torch-dreams.
  public static var torchDreams: Self {
    [
      .randomRotation(degrees: .uniform(-15...15)),
      .randomScale(.uniform(0.5...1.2), isPerAxis: true),
    ]
  }

  /// DeepInversion's: shifts by up to 30 pixels that come back on the other side, and a flip.
  ///
  /// Yin et al. 2020, https://arxiv.org/abs/1912.08795.
  public static var deepInversion: Self { [.jitter(30), .flip] }

  /// ColorShift's: other means and contrasts of colours, offsets that fall to 0, shifts by up to 32 pixels.
  ///
  /// Ghiasi et al. 2022, https://arxiv.org/abs/2201.12961.
  public static var colorShift: Self {
    [.colorShift, .colorOffset(deviation: .linear(from: 0.5, to: 0)), .jitter(32)]
  }

  /// The recommended recipe's: boxes of half the side to all of it, anywhere in the picture, under noise. What is recognised
  /// in all of them is no pattern of single pixels.
  ///
  /// There is no flip among them: a picture that is to be recognised in a mirror, too, has two heads.
  public static var closeUps: Self {
    [.boxCrop(side: .uniform(0.5...1), placement: .uniform), .noise(0.03)]
  }

  /// The recommended recipe's for small pictures, which have no room for parts: all of the picture, shifted, scaled by up to 15 %,
  /// turned by up to 5°, under noise.
  public static var shifts: Self {
    [
      .padding(8), .jitter(6), .randomScale(.uniform(0.85...1.15)),
      .randomRotation(degrees: .uniform(-5...5)), .noise(0.03),
    ]
  }

  /// −20…19, −10…9 and −5…4 degrees, and 0 five times more.
  private static var strongAngles: [Double] {
    [-20..<20, -10..<10, -5..<5].flatMap { $0.map(Double.init) } + [Double](repeating: 0, count: 5)
  }

  /// Shifts by up to so many pixels each way, beyond which lies the mirrored picture.
  private static func mirroredJitter(_ pixels: Int) -> Self {
    [.padding(pixels, .mirrored), .randomCrop(2 * pixels)]
  }
}
