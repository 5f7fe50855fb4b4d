import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// What every parameterization owes: the exact gradient on odd sides, a way up within three steps, the same bytes for any number
/// of threads, and errors where numbers make no sense.
struct ParameterizationTests {
  private static func photo(_ size: PictureSize) -> Tensor {
    var generator = SeededGenerator(seed: 4)
    return Tensor(
      shape: [1, size.height, size.width, size.channels],
      elements: (0..<size.count).map { _ in 0.1 + 0.8 * Float(generator.uniform()) })
  }

  private static let names = [
    "maco", "maco measured", "bounded", "pyramid", "low resolution", "shared", "cppn",
    "cppn shared", "transparent", "masked", "i1i2i3",
  ]

  private static func make(_ name: String, _ size: PictureSize) throws -> any Parameterization {
    let colors = PictureSize(height: size.height, width: size.width)
    return switch name {
    case "maco": MagnitudeConstrained()
    case "maco measured":
      MagnitudeConstrained(
        magnitude: try SpectrumMagnitude(of: [photo(PictureSize(height: 12, width: 9))]))
    case "bounded": MagnitudeBounded(by: photo(colors))
    case "pyramid": LaplacianPyramid(deviation: 0.3)
    case "low resolution": LowResolution([.own(2), .own(3)], deviation: 0.3)
    case "shared":
      LowResolution(
        [.own(4), .shared(2), .shared(3, sets: 2)], addedTo: Fourier(deviation: 0.3),
        deviation: 0.3)
    case "cppn": CPPN(hiddenChannels: 5, hiddenLayers: 3)
    case "cppn shared": CPPN(hiddenChannels: 5, hiddenLayers: 3, sharesHiddenLayers: true)
    case "transparent":
      Transparent(MagnitudeConstrained(), opacity: Fourier(deviation: 0.3, colors: nil))
    case "masked":
      MaskedPicture(
        LaplacianPyramid(deviation: 0.3),
        mask: photo(PictureSize(height: size.height, width: size.width, channels: 1)),
        photo: photo(colors))
    default: Fourier(deviation: 0.3, colors: .i1i2i3)
    }
  }

  private static func size(_ name: String, _ height: Int, _ width: Int) -> PictureSize {
    PictureSize(height: height, width: width, channels: name == "transparent" ? 4 : 3)
  }

  @Test(arguments: names, [(5, 7), (6, 5), (1, 4)])
  func `the pullback is exact, odd sides or even`(name: String, sides: (Int, Int)) throws {
    let size = Self.size(name, sides.0, sides.1)
    let shifted = ShiftedStart(
      parameterization: try Self.make(name, size), deviation: 0.3, picture: 1, pictureCount: 3)
    try GradientCheck.check(shifted, size: size)
  }

  @Test(arguments: names)
  func `three steps raise a unit`(name: String) throws {
    let parameterization = try Self.make(name, PictureSize(height: 14, width: 14))
    let recipe = Preset(
      name: name, parameterization: parameterization, optimizer: Adam(learningRate: 0.05),
      iterations: 3)
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      ActivationMaximization(layer: "dense", eachOf: [[1], [3]]), preset: recipe, seeds: [1, 2])
    // What is shared follows both, so that one may rise at the cost of the other.
    #expect(drawn.scores.reduce(0, +) > drawn.history[0].objectives.reduce(0, +) + 1e-3)
    #expect(drawn.warnings.isEmpty)
    #expect(drawn.pictures.elements.allSatisfy { (0...1).contains($0) })
  }

  @Test(arguments: names)
  func `any number of threads gives the same bytes`(name: String) throws {
    // Large enough to be cut into several pieces of every kind.
    let size = Self.size(name, 75, 66)
    let parameterization = try Self.make(name, size)
    let before = WorkerPool.threadCount
    defer { WorkerPool.threadCount = before }
    var results: [[Float]] = []
    for threads in [1, 2, 4] {
      WorkerPool.threadCount = threads
      let shifted = ShiftedStart(
        parameterization: parameterization, deviation: 0.1, picture: 1, pictureCount: 3)
      let decoder = try shifted.decoder(size)
      var generator = SeededGenerator(seed: 5)
      let parameters = decoder.initialParameters(using: &generator)
      let weights = (0..<size.count).map { _ in Float(generator.normal()) }
      let picture = decoder.decoded(parameters, size)
      results.append(picture + decoder.pulledBack(weights, at: parameters, picture: picture))
    }
    #expect(results[0].allSatisfy { $0.isFinite })
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  /// Protects memory that is lent and given back: a second call finds what the first left in it.
  @Test(arguments: names)
  func `a decoder gives the same bytes again`(name: String) throws {
    let size = Self.size(name, 9, 7)
    let decoder = try ShiftedStart(
      parameterization: try Self.make(name, size), deviation: 0.3, picture: 1, pictureCount: 3
    ).decoder(size)
    var generator = SeededGenerator(seed: 5)
    let parameters = decoder.initialParameters(using: &generator)
    let weights = (0..<size.count).map { _ in Float(generator.normal()) }
    func results() -> [Float] {
      let picture = decoder.decoded(parameters, size)
      return picture + decoder.pulledBack(weights, at: parameters, picture: picture)
    }
    let first = results()
    _ = decoder.pulledBack(
      weights.map { -3 * $0 }, at: parameters.map { 1 - 2 * $0 },
      picture: decoder.decoded(parameters.map { 1 - 2 * $0 }, size))
    #expect(first == results())
  }

  @Test func `numbers that make no sense are typed errors`() throws {
    let size = PictureSize(height: 6, width: 5)
    let wrong: [any Parameterization] = [
      MagnitudeConstrained(magnitude: .powerLaw(exponent: .nan)),
      MagnitudeConstrained(magnitude: .powerLaw(exponent: 1e6)),
      MagnitudeConstrained(
        magnitude: try SpectrumMagnitude(
          of: [Self.photo(PictureSize(height: 4, width: 4, channels: 1))], colors: nil)),
      MagnitudeBounded(by: Self.photo(PictureSize(height: 5, width: 5))),
      MagnitudeBounded(by: Tensor(shape: [1, 6, 5, 3], elements: Array(repeating: 7, count: 90))),
      LaplacianPyramid(levels: 0), LaplacianPyramid(levels: 16), LaplacianPyramid(deviation: -1),
      LowResolution([]), LowResolution([.own(0)]), LowResolution([.shared(2, sets: 0)]),
      LowResolution([.own(.max)]), LowResolution([.own(2)], deviation: .nan),
      LowResolution([.own(2)], addedTo: Fourier(decay: .nan)),
      CPPN(hiddenChannels: 0), CPPN(hiddenLayers: 0), CPPN(hiddenChannels: .max),
      CPPN(hiddenLayers: 65),
      Transparent(Fourier(hasOpacity: true)),
      MaskedPicture(
        Fourier(hasOpacity: true),
        mask: Self.photo(PictureSize(height: 6, width: 5, channels: 1)),
        photo: Self.photo(size)),
      Transparent(Fourier(), opacity: LowResolution([.shared(2)], colors: nil)),
      Transparent(Fourier(), opacity: Pixels(start: .uniform(0...1), keepsRange: false)),
      LaplacianPyramid(colors: try ColorDecorrelation(covariance: [1, 0, 0, 1])),
    ]
    for parameterization in wrong {
      #expect(throws: VisualizationError.self, "\(parameterization)") {
        try parameterization.decoder(size)
      }
    }
  }
}
