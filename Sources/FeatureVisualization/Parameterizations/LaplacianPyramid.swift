/// A sum of planes at the picture's sides and at those divided by 2, 4, 8, in decorrelated colours: coarse shapes and fine
/// detail are numbers of their own.
///
/// `picture = σ(colours · Σₗ resize(planesₗ))`, `planesₗ` of `[C, ⌈H / 2ˡ⌉, ⌈W / 2ˡ⌉]`, resized bilinearly with the centres of
/// pixels in their places: sides need not be multiples of anything. The start is normal noise in every plane.
/// https://github.com/tensorflow/lucid, `laplacian_pyramid`.
public struct LaplacianPyramid: Parameterization {
  /// The resolutions that are added up, each half of the one before.
  public let levels: Int
  /// The deviation of planes at the start.
  public let deviation: Float
  /// The basis of colours, or of the channels that pictures have; `nil` optimises each as it is.
  public let colors: ColorDecorrelation?

  /// Planes at so many resolutions.
  ///
  /// - Parameters:
  ///   - levels: the resolutions that are added up, 1 to 15, each half of the one before.
  ///   - deviation: the deviation of planes at the start.
  ///   - colors: the basis of colours, or of the channels that pictures have; `nil` optimises each as it is.
  public init(levels: Int = 4, deviation: Float = 0.01, colors: ColorDecorrelation? = .imageNet) {
    self.levels = levels
    self.deviation = deviation
    self.colors = colors
  }

  public var name: String { "LaplacianPyramid" }
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { true }

  public func makeDecoder(for context: DecoderContext) throws(VisualizationError)
    -> any PictureDecoder
  {
    guard (1...15).contains(levels), deviation.isFinite, deviation >= 0 else {
      throw .invalidArgument(
        name, "\(levels) levels of deviation \(deviation): 1 to 15 levels, of a finite deviation")
    }
    return SummedPlanesDecoder(
      context.size, colors: try context.matrix(of: colors),
      own: (0..<levels).map { CoarsePlanes(context, dividedBy: 1 << $0) }, deviation: deviation)
  }

  /// Each level's planes, resized.
  public func resampled(
    _ parameters: [Float], from: DecoderContext, to: DecoderContext
  ) -> [Float]? {
    CoarseResampling(from: from.size, to: to.size)?.apply(
      parameters, (0..<max(levels, 0)).map { (1 << $0, 1) })
  }
}
