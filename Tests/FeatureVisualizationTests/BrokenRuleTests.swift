import FeatureVisualization
import Testing

/// What a type of the user's own gets wrong is an error that names the type and the rule, before a step is taken: it
/// neither traps nor reaches memory that is not its own.
struct BrokenRuleTests {
  private func expectBroken(
    _ type: String, losses: Objective = 1 * ActivationMaximization(layer: "dense"),
    preset: Preset = .smallSteps(2), modifiers: [any InputModifier] = [],
    projections: [any Projection] = [],
    startingPicture: Tensor? = nil, seeds: [UInt64] = [1, 2]
  ) throws {
    var preset = preset
    preset.projections = projections
    let error = #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        losses,
        preset: preset.with(\.start, startingPicture.map { .picture($0) }).with(
          \.inputModifiers, modifiers),
        seeds: seeds)
    }
    guard case .brokenRule(let found, let rule) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(found.contains(type) && !rule.isEmpty)
  }

  /// Copies what fits.
  private struct Odd: PictureTransformation {
    let outputSize: PictureSize
    func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>) {
      for i in 0..<min(input.count, output.count) { output[i] = input[i] }
    }
    func pullback(
      _ outputGradient: Span<Float>, at input: Span<Float>,
      addingTo inputGradient: inout MutableSpan<Float>
    ) {
      for i in 0..<min(outputGradient.count, inputGradient.count) {
        inputGradient[i] += outputGradient[i]
      }
    }
  }

  @Test(arguments: [
    PictureSize(height: 14, width: 14, channels: 1),
    PictureSize(height: 14, width: 14, channels: 4),
    PictureSize(height: 14, width: 14, channels: 0), PictureSize(height: 0, width: 14),
    PictureSize(height: -3, width: 14), PictureSize(height: .max, width: .max),
    PictureSize(height: 1 << 20, width: 1 << 20),
  ])
  func `transformations to impossible sizes`(size: PictureSize) throws {
    try expectBroken("Odd", modifiers: [Drawing(transformation: Odd(outputSize: size))])
    try expectBroken(
      "Odd", modifiers: [.jitter(1), Drawing(transformation: Odd(outputSize: size)), .padding(2)])
  }

  /// Draws what is right at first.
  private final class Moody: InputModifier {
    var name: String { "Moody" }
    var isRandom: Bool { true }
    func draw(
      for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
    ) -> (any PictureTransformation)? {
      let channels = generator.integer(in: 0...3) == 0 ? 2 : 3
      return Odd(outputSize: PictureSize(height: 14, width: 14, channels: channels))
    }
  }

  @Test func `a transformation that goes wrong later`() throws {
    try expectBroken("Odd", preset: .smallSteps(60), modifiers: [Moody()])
  }

  @Test func `transformations of this package that were made for other pictures`() throws {
    let other = PictureSize(height: 20, width: 20)
    let own = PictureSize(height: 14, width: 14)
    try expectBroken(
      "Translation",
      modifiers: [Drawing(transformation: Translation(other, to: own, top: 0, left: 0))])
    try expectBroken(
      "Translation",
      modifiers: [Drawing(transformation: Translation(own, to: own, top: .max, left: .min))])
    try expectBroken(
      "Resampling",
      modifiers: [
        Drawing(
          transformation: Resampling(
            own, to: own, matrix: [.nan, 0, 0, 0, .infinity, 0], edge: .clamp))
      ])
  }

  /// Gives `count` values, whatever the number of pictures.
  private struct Miscounting: Loss {
    let count: Int
    var name: String { "Miscounting" }
    var subjects: [LossSubject] { [.layer("dense")] }
    func values(_ tensors: TappedTensors) -> [Float] { Array(repeating: 1, count: count) }

    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {}
  }

  @Test(arguments: [0, 1, 3]) func `losses of a wrong number of values`(count: Int) throws {
    try expectBroken("Miscounting", losses: 1 * Miscounting(count: count))
  }

  @Test(arguments: [0, 1, 3]) func `losses of a wrong number of values in a product`(count: Int)
    throws
  {
    let error = #expect(throws: VisualizationError.self) {
      try SmoothNetwork.unit.make().visualizeActivationWithLosses(
        Miscounting(count: count) * ActivationMaximization(layer: "dense"),
        preset: .smallSteps(2), seeds: [1, 2])
    }
    guard case .neverFinite(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("Miscounting"))
  }

  /// A loss that answers for other pictures than it is asked about.
  private struct Unselecting: Loss {
    var name: String { "Unselecting" }
    var subjects: [LossSubject] { [.layer("dense")] }
    func selecting(_ pictures: [Int]) -> Self? { self }
    func values(_ tensors: TappedTensors) -> [Float] { Array(repeating: 1, count: 4) }

    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {}
  }

  @Test func `a loss of fewer pictures that gives values for all`() throws {
    var preset = Preset.smallSteps(9)
    preset.stopping = .plateau(patience: 1, tolerance: 0)
    // A picture that goes uphill leaves the batch at once, and the others go on.
    try expectBroken(
      "Unselecting",
      losses: 1 * Unselecting()
        + 1 * ActivationMaximization(layer: "dense", eachOf: [[0], [1], [2], [3]]),
      preset: preset, projections: [Moodless()], seeds: [1, 2, 3, 4])
  }

  /// Lowers every other picture's pixels, so that its sum does not rise.
  private final class Moodless: Projection {
    var name: String { "Moodless" }
    func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
      guard pixels[0] < 0.5 else { return }
      for i in pixels.indices { pixels[i] *= 0.9 }
    }
  }

  /// Pixels with a fault.
  private struct FaultyPixels: Parameterization, PictureDecoder {
    enum Fault: Sendable, CaseIterable {
      case noParameters, negativeCount, hugeCount, tooFew, tooMany, notPixels, unwritten,
        notFinite, badInverse
    }
    let fault: Fault
    var count = 588
    var name: String { "FaultyPixels" }
    var pixelSpace: PixelSpace? { .unit }
    var keepsRange: Bool { true }
    func makeDecoder(for context: DecoderContext) -> any PictureDecoder { self }

    var parameterCount: Int {
      switch fault {
      case .noParameters: 0
      case .negativeCount: -1
      case .hugeCount: .max
      case .notPixels: count + 3
      default: count
      }
    }

    func initialParameters(using generator: inout SeededGenerator) -> [Float] {
      switch fault {
      case .tooFew: Array(repeating: 0.5, count: count - 1)
      case .tooMany: Array(repeating: 0.5, count: count + 1)
      case .notFinite: Array(repeating: .infinity, count: count)
      case .notPixels: Array(repeating: 0.5, count: count + 3)
      default: Array(repeating: 0.5, count: count)
      }
    }

    func parameters(decodingTo picture: [Float]) -> [Float]? {
      fault == .badInverse ? Array(picture.dropLast()) : picture
    }

    func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
      for i in picture.indices where fault != .unwritten || i > 0 { picture[i] = parameters[i] }
    }

    func pullback(
      _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
      into parameterGradient: inout MutableSpan<Float>
    ) {
      for i in parameterGradient.indices { parameterGradient[i] = pictureGradient[i] }
    }
  }

  @Test(arguments: FaultyPixels.Fault.allCases)
  private func `decoders that contradict themselves`(fault: FaultyPixels.Fault) throws {
    var preset = Preset.smallSteps(2)
    preset.parameterization = FaultyPixels(fault: fault)
    let start = Tensor(shape: [1, 14, 14, 3], repeating: 0.5)
    try expectBroken(
      "FaultyPixels", preset: preset, startingPicture: fault == .badInverse ? start : nil)
  }
}
