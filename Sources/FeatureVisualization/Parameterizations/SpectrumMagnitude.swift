#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// How strong each frequency of pictures is, for the channels that they are optimised in.
public struct SpectrumMagnitude: Sendable {
  private enum Source: Sendable {
    case powerLaw(exponent: Float)
    case measured(MeasuredMagnitude)
  }

  private let source: Source

  /// `1 / max(f, 1 / max(H, W))^exponent` in every channel, with frequencies in cycles per pixel: nearly that of natural pictures
  /// with an exponent of 1.
  ///
  /// Field 1987, "Relations between the statistics of natural images and the response properties of cortical cells".
  public static func powerLaw(exponent: Float = 1) -> SpectrumMagnitude {
    SpectrumMagnitude(source: .powerLaw(exponent: exponent))
  }

  private init(source: Source) { self.source = source }

  /// The mean magnitude `|rfft2|` of pictures in decorrelated channels.
  ///
  /// It is taken at the same frequencies, in cycles per pixel, for pictures of any size, and bilinearly between them. The mean of
  /// a picture is no wave: at 0 the magnitude is that of the lowest frequencies.
  ///
  /// - Parameters:
  ///   - pictures: each `[N, H, W, C]` or `[H, W, C]`, in any scale that is the same for all; their sizes may differ.
  ///   - colors: the basis that pictures are drawn in; `nil` for channels as they are.
  /// - Throws: `VisualizationError.invalidArgument` where there are none, for other shapes or channels, and for numbers that are
  ///   not finite.
  public init(
    of pictures: [Tensor], colors: ColorDecorrelation? = .imageNet
  ) throws(VisualizationError) {
    source = .measured(try MeasuredMagnitude(pictures, colors: colors))
  }

  /// The magnitudes for a picture's channels, `[C, H, W / 2 + 1]`.
  ///
  /// - Throws: `VisualizationError` for a power law without a finite exponent, and pictures of other channels than measured.
  func numbers(_ size: PictureSize) throws(VisualizationError) -> [Float] {
    switch source {
    case .powerLaw(let exponent):
      guard exponent.isFinite, abs(exponent) <= 8 else {
        throw .invalidArgument("magnitude", "an exponent of \(exponent) is not in -8...8")
      }
      let lowest = 1 / Double(max(size.height, size.width))
      let plane = Self.frequencies(size).map { y, x in
        Float(pow(max((y * y + x * x).squareRoot(), lowest), -Double(exponent)))
      }
      return (0..<size.channels).flatMap { _ in plane }
    case .measured(let measured):
      guard measured.channels == size.channels else {
        throw .incompatible(
          "magnitudes of \(measured.channels) channels", "pictures of \(size.channels)",
          reason: "measure pictures of as many channels")
      }
      return measured.numbers(size)
    }
  }

  /// The frequencies of a half spectrum in cycles per pixel, downwards from −½ to ½, row by row.
  static func frequencies(_ size: PictureSize) -> [(y: Double, x: Double)] {
    let columns = size.width / 2 + 1
    return (0..<size.height * columns).map { index in
      let (row, column) = (index / columns, index % columns)
      return (
        Double(2 * row <= size.height ? row : row - size.height) / Double(size.height),
        Double(column) / Double(size.width)
      )
    }
  }
}
