/// Planes of lower resolution, resized to the picture's size and added up, a picture's own or shared by the pictures of a
/// batch, which then look alike but for what is their own.
///
/// `picture = σ(colours · (spectrum + Σₗ resize(planesₗ)))`: n sets of shared planes, `[n, C, ⌈H / d⌉, ⌈W / d⌉]`, are resized
/// bilinearly along the batch as well. Centres of pixels correspond, where lucid's planes lie half a coarse pixel to the
/// top left.
///
///     LowResolution(
///       [.shared(2), .shared(4), .shared(8), .shared(8, sets: 2), .shared(16), .shared(16, sets: 2)],
///       addedTo: Fourier())
///
/// https://github.com/tensorflow/lucid, `lowres_tensor` and the notebook on neuron interaction, whose mix this is.
public struct LowResolution: Parameterization {
  /// Planes of one resolution.
  public struct Level: Sendable, Hashable {
    /// What the picture's sides are divided by, rounded up.
    public let divisor: Int
    /// How many sets of planes the pictures of a batch share, at most as many as there are pictures; `nil` gives each
    /// picture its own.
    public let sets: Int?

    /// Planes of each picture's own.
    public static func own(_ divisor: Int) -> Level { Level(divisor: divisor, sets: nil) }

    /// Planes that the pictures of a batch share.
    ///
    /// - Parameters:
    ///   - divisor: what the picture's sides are divided by, rounded up.
    ///   - sets: how many sets there are: pictures between two of them get a blend.
    public static func shared(_ divisor: Int, sets: Int = 1) -> Level {
      Level(divisor: divisor, sets: sets)
    }
  }

  /// The planes.
  public let levels: [Level]
  /// Each picture's own spectrum, which the planes are added to.
  public let spectrum: Fourier?
  /// The deviation of planes at the start.
  public let deviation: Float
  /// The basis of colours, or of the channels that pictures have; `nil` optimises each as it is.
  public let colors: ColorDecorrelation?

  /// Planes alone.
  ///
  /// - Parameters:
  ///   - levels: the planes.
  ///   - deviation: their deviation at the start.
  ///   - colors: the basis of colours, or of the channels that pictures have; `nil` optimises each as it is.
  public init(
    _ levels: [Level], deviation: Float = 0.01, colors: ColorDecorrelation? = .imageNet
  ) {
    self.levels = levels
    spectrum = nil
    self.deviation = deviation
    self.colors = colors
  }

  /// Planes that are added to each picture's own spectrum, in the spectrum's colours.
  ///
  /// - Parameters:
  ///   - levels: the planes.
  ///   - spectrum: what they are added to.
  ///   - deviation: the planes' deviation at the start.
  public init(_ levels: [Level], addedTo spectrum: Fourier, deviation: Float = 0.01) {
    self.levels = levels
    self.spectrum = spectrum
    self.deviation = deviation
    colors = spectrum.colors
  }

  public var name: String { "LowResolution" }
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { true }
  public var hasOpacity: Bool { spectrum?.hasOpacity ?? false }

  public func makeDecoder(for context: DecoderContext) throws(VisualizationError)
    -> any PictureDecoder
  {
    try spectrum?.validate()
    guard deviation.isFinite, deviation >= 0, !levels.isEmpty else {
      throw .invalidArgument(name, "\(levels.count) levels of deviation \(deviation)")
    }
    for level in levels {
      guard (1...PictureSize.largestSide).contains(level.divisor), level.sets ?? 1 > 0 else {
        throw .invalidArgument(
          name,
          "a level of \(level.sets ?? 1) sets with sides divided by \(level.divisor): "
            + "1 set or more, divided by 1...\(PictureSize.largestSide)")
      }
    }
    func planes(_ levels: [Level]) -> [CoarsePlanes] {
      levels.map {
        CoarsePlanes(
          context, dividedBy: $0.divisor, count: count($0, pictures: context.pictureCount))
      }
    }
    return SummedPlanesDecoder(
      context.size, colors: try context.matrix(of: colors, besides: hasOpacity ? 1 : 0),
      spectrum: spectrum.map {
        SummedPlanesDecoder.Spectrum(
          transform: $0.transform(context.size), deviation: $0.deviation)
      },
      own: planes(ownLevels), shared: planes(sharedLevels), deviation: deviation)
  }

  /// The finest first: a picture given to start from goes there.
  private var ownLevels: [Level] {
    levels.filter { $0.sets == nil }.sorted { $0.divisor < $1.divisor }
  }

  private var sharedLevels: [Level] { levels.filter { $0.sets != nil } }

  private func count(_ level: Level, pictures: Int) -> Int {
    min(level.sets ?? 1, max(pictures, 1))
  }

  /// The spectrum's waves and the planes, resized.
  public func resampled(
    _ parameters: [Float], from: DecoderContext, to: DecoderContext
  ) -> [Float]? {
    var spectrumCount = 0
    var result: [Float] = []
    if let spectrum {
      spectrumCount = from.size.channels * 2 * from.size.height * (from.size.width / 2 + 1)
      guard parameters.count >= spectrumCount,
        let resampled = spectrum.resampled(
          Array(parameters[..<spectrumCount]), from: from, to: to)
      else { return nil }
      result = resampled
    }
    let planes = CoarseResampling(from: from.size, to: to.size)?.apply(
      Array(parameters[spectrumCount...]),
      (ownLevels + sharedLevels).map {
        ($0.divisor, count($0, pictures: from.pictureCount))
      })
    return planes.map { result + $0 }
  }
}
