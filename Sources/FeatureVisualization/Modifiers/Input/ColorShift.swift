#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Shows the picture with the mean and the contrast of each channel changed, so that what is drawn does not hang on its
/// colours; transformers need it most.
///
/// `(x − μ) / σ` with μ drawn evenly from −m…m and σ = exp(d′), d′ drawn evenly from −d…d, for each channel.
/// Ghiasi et al. 2022, https://arxiv.org/abs/2201.12961; https://github.com/hamidkazemi22/vit-visualization.
public struct ColorShift: InputModifier {
  /// m, the greatest shift.
  public let mean: Schedule
  /// d, the greatest logarithm of the contrast.
  public let logDeviation: Schedule

  /// - Parameters:
  ///   - mean: m, the greatest shift, from 0 on.
  ///   - logDeviation: d, the greatest logarithm of the contrast, 0…10.
  public init(mean: Schedule = 1, logDeviation: Schedule = 1) {
    self.mean = mean
    self.logDeviation = logDeviation
  }

  public var name: String { "ColorShift" }
  public var isRandom: Bool { mean.constant != 0 || logDeviation.constant != 0 }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard mean.constant.map({ $0 >= 0 && $0.isFinite }) ?? true,
      logDeviation.constant.map({ (0...10).contains($0) }) ?? true
    else {
      throw .invalidArgument(
        "color shift",
        "a mean of \(mean.constant ?? 0) is negative, or a logarithm of \(logDeviation.constant ?? 0) "
          + "not in 0...10")
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let (mean, logDeviation) = (mean.value(at: moment), logDeviation.value(at: moment))
    guard mean != 0 || logDeviation != 0 else { return nil }
    var (factors, offsets): ([Float], [Float]) = ([], [])
    for _ in 0..<size.channels {
      let shift = mean * Float(2 * generator.uniform() - 1)
      let factor = exp(-logDeviation * Float(2 * generator.uniform() - 1))
      factors.append(factor)
      offsets.append(-shift * factor)
    }
    return ChannelScaling(size, factors: factors, offsets: offsets)
  }
}

/// Adds a number to each channel that is drawn normally, anew at each step: `x + N(0, s²)`.
///
/// ColorShift's recipe lets s fall to 0. The peer's own counts its calls instead of the steps.
/// https://github.com/hamidkazemi22/vit-visualization, `augmentation/pre.py`.
public struct ColorOffset: InputModifier {
  /// s, the deviation.
  public let deviation: Schedule

  /// - Parameter deviation: s, from 0 on.
  public init(deviation: Schedule) { self.deviation = deviation }

  public var name: String { "ColorOffset" }
  public var isRandom: Bool { deviation.constant != 0 }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard deviation.constant.map({ $0 >= 0 && $0.isFinite }) ?? true else {
      throw .invalidArgument(
        "color offset", "a deviation of \(deviation.constant ?? 0) is negative or not finite")
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let deviation = deviation.value(at: moment)
    guard deviation != 0 else { return nil }
    return ChannelScaling(
      size, factors: Array(repeating: 1, count: size.channels),
      offsets: (0..<size.channels).map { _ in deviation * Float(generator.normal()) })
  }
}

extension InputModifier where Self == ColorShift {
  /// Changes the mean and the contrast of each channel.
  public static var colorShift: ColorShift { ColorShift() }
}

extension InputModifier where Self == ColorOffset {
  /// Adds a normal number to each channel.
  public static func colorOffset(deviation: Schedule) -> ColorOffset {
    ColorOffset(deviation: deviation)
  }
}
