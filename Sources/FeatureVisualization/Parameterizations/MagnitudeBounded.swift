#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// A photo whose spectrum's phases change freely and whose magnitudes can only become smaller: what it shows is accentuated, and
/// nothing is added that it has no frequencies for.
///
/// `picture = σ(colours · irfft2(M · σ(β) · e^{iφ}))`, `M` so that the start, β = 5 and φ the photo's phases, is the photo itself; its
/// colours are taken into 0.01…0.99. Hamblin et al. start from a photo paler by σ(5), and the copy in Horama from one stretched
/// to 0…1.
/// Hamblin et al. 2024, https://arxiv.org/abs/2402.10039; https://github.com/chrishamblin7/faccent.
public struct MagnitudeBounded: Parameterization {
  /// `[1, H, W, C]`, 0…1, of the picture's size.
  public let photo: Tensor
  /// The basis of colours, or of the channels that pictures have; `nil` optimises each as it is.
  public let colors: ColorDecorrelation?

  /// The spectrum of a photo.
  ///
  /// - Parameters:
  ///   - photo: `[1, H, W, C]`, 0…1, of the picture's size.
  ///   - colors: the basis of colours, or of the channels that pictures have; `nil` optimises each as it is.
  public init(by photo: Tensor, colors: ColorDecorrelation? = .imageNet) {
    self.photo = photo
    self.colors = colors
  }

  public var name: String { "MagnitudeBounded" }
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { true }

  /// Where each β starts.
  static var firstShare: Float { 5 }

  public func makeDecoder(for context: DecoderContext) throws(VisualizationError)
    -> any PictureDecoder
  {
    let size = context.size
    guard photo.shape == [1, size.height, size.width, size.channels] else {
      throw .invalidArgument(
        "photo",
        "shape \(photo.shape) for a picture of \(size): resize the photo, or set the canvas")
    }
    try photo.validatePicture("photo")
    let colors = try context.matrix(of: colors)
    let analysis = SpectrumAnalysis(size, colors: colors)
    let spectra = analysis.spectra(PlaneColors.logits(of: photo.elements))
    let plane = size.height * (size.width / 2 + 1)
    var (phases, magnitudes): ([Float], [Float]) = ([], [])
    for channel in 0..<size.channels {
      for index in 2 * channel * plane..<(2 * channel + 1) * plane {
        let (re, im) = (spectra[index], spectra[index + plane])
        phases.append(atan2(im, re))
        magnitudes.append((re * re + im * im).squareRoot() * (1 + exp(-Self.firstShare)))
      }
    }
    return MagnitudeBoundedDecoder(size, phases: phases, magnitudes: magnitudes, colors: colors)
  }
}
