import FeatureVisualization
import Synchronization
import Testing

/// The picture returned is the picture that was scored; peers return one picture and another one's score.
struct ResultTests {
  @Test(arguments: Preset.names, SmoothNetwork.allCases)
  func `the score is what the network says of exactly this picture`(
    name: String, variant: SmoothNetwork
  ) throws {
    let network = try variant.make()
    let visualization = try network.visualizeActivation(
      of: "dense", eachOf: [[2], [0, 4]], preset: try .small(name), iterations: 8, seed: 6)
    let pictures = visualization.pictures
    #expect(pictures.elements.allSatisfy { (0...1).contains($0) })
    let activations = try network.evaluate(pictures, at: "dense")
    let expected = [activations[0, 2], activations[1, 0] + activations[1, 4]]
    #expect(largestDifference(visualization.scores, expected) < 1e-4)
  }

  @Test(arguments: ["keras-vis", "act-max-util"])
  func `raw pixels carry their own score where the recipe lets them leave the range`(name: String)
    throws
  {
    let network = try SmoothNetwork.byte.make()
    var preset = try Preset.named(name)
    preset.display = .clipped
    let visualization = try network.visualizeActivation(
      of: "dense", units: [2], preset: preset, iterations: 40)
    let raw = try #require(visualization.raw)
    let specification = try SmoothNetwork.byte.specification
    // The raw pixels in the network's own scale, BGR.
    let count = raw.pixels.count / 3
    let (mean, deviation): ([Float], [Float]) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    let unit = raw.pixels.elements.enumerated().map { index, value -> Float in
      switch raw.space {
      case .byte: return value / 255
      case .meanSubtractedByte: return (value + specification.mean[2 - index % 3]) / 255
      case .imageNetStandardized: return value * deviation[index % 3] + mean[index % 3]
      default: return .nan
      }
    }
    var fed: [Float] = []
    for pixel in 0..<count {
      for channel in 0..<3 {
        fed.append(255 * unit[3 * pixel + 2 - channel] - specification.mean[channel])
      }
    }
    let program = try Program(
      network, inputShapes: ["input": raw.pixels.shape], taps: ["dense"])
    let workspace = try Workspace(program)
    workspace.setInput("input", to: Tensor(shape: raw.pixels.shape, elements: fed))
    workspace.forward()
    #expect(abs(workspace.tap(0)[0, 2] - raw.scores[0]) < 1e-3)
    let shown = visualization.pictures.elements
    #expect(largestDifference(shown, unit.map { min(max($0, 0), 1) }) < 1e-4)
  }

  @Test func `recipes that keep the range have no raw pixels`() throws {
    let network = try SmoothNetwork.unit.make()
    for name in ["lucid", "erhan"] {
      let visualization = try network.visualizeActivation(
        of: "dense", units: [2], preset: try .named(name), iterations: 3)
      #expect(visualization.raw == nil)
    }
  }

  /// Keeps the lowest and the highest number of every picture that the network is shown.
  private final class RangeRecorder: Loss {
    private let recorded = Mutex<[ClosedRange<Float>]>([])
    var ranges: [ClosedRange<Float>] { recorded.withLock { $0 } }
    var name: String { "RangeRecorder" }
    var subjects: [LossSubject] { [.picture(.unit)] }

    func values(_ tensors: TappedTensors) -> [Float] {
      tensors[0].mapPictures { values in
        let numbers = values.indices.map { values[$0] }
        recorded.withLock { $0.append((numbers.min() ?? 0)...(numbers.max() ?? 0)) }
        return 0
      }
    }

    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {}
  }

  /// Yosinski's toolbox clamps to the range of pictures after each step, not at the end alone. From white, and by so
  /// large a gradient, a step leaves the range.
  @Test(arguments: 1...4, [100, 10_000] as [Float])
  func `Yosinski's recipes stay in range at every step`(row: Int, weight: Float) throws {
    let recorder = RangeRecorder()
    let white = Tensor(shape: [1, 14, 14, 3], repeating: 1)
    _ = try SmoothNetwork.byte.make().visualizeActivationWithLosses(
      weight * ActivationMaximization(layer: "dense", units: [2]) + 1 * recorder,
      preset: .yosinski(row).with(\.start, .picture(white)), iterations: 10)
    #expect(recorder.ranges.count >= 10)
    #expect(recorder.ranges.allSatisfy { $0.lowerBound >= -1e-5 && $0.upperBound <= 1 + 1e-5 })
  }

  @Test func `without random modifiers the best picture seen is returned`() throws {
    // Steps this long overshoot, so that the last picture is not the best.
    var preset = Preset.smallSteps(25, rate: 8)
    preset.projections = [.gaussianBlur(sigma: 1.5, every: 2)]
    let network = try SmoothNetwork.unit.make()
    let visualization = try network.visualizeActivationWithLosses(
      ActivationMaximization(layer: "softmax", units: [1]), preset: preset)
    let objectives = visualization.history.map { $0.objectives[0] }
    let best = try #require(objectives.max())
    #expect(zip(objectives, objectives.dropFirst()).contains { $0 > $1 })
    #expect(visualization.scores[0] >= best - 1e-5)
  }

  /// Replaces the picture after the last step.
  private struct LastBrush: Projection {
    var name: String { "LastBrush" }
    func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
      guard step.moment.progress == 1 else { return }
      for i in pixels.indices { pixels[i] = 0.125 }
    }
  }

  @Test func `with random modifiers the final picture is returned`() throws {
    // One draw's score is luck, so that the best of them says nothing.
    var preset = Preset.smallSteps(5)
    preset.projections = [LastBrush()]
    let network = try SmoothNetwork.unit.make()
    let visualization = try network.visualizeActivationWithLosses(
      ActivationMaximization(layer: "dense", units: [1]),
      preset: preset.with(\.inputModifiers, [.jitter(2)]))
    #expect(visualization.pictures.elements.allSatisfy { $0 == 0.125 })
    let score = try network.evaluate(visualization.pictures, at: "dense")[0, 1]
    #expect(abs(score - visualization.scores[0]) < 1e-5)
  }

  @Test func `a jitter of 0 is no random modifier`() throws {
    let network = try SmoothNetwork.unit.make()
    func draw(_ modifiers: [any InputModifier]) throws -> Visualization {
      try network.visualizeActivationWithLosses(
        [1 * ActivationMaximization(layer: "dense", units: [1])],
        preset: .smallSteps(5).with(\.inputModifiers, modifiers))
    }
    #expect(try draw([.jitter(0)]).pictures == draw([]).pictures)
  }

  @Test func `a starting picture is where the run starts`() throws {
    let network = try SmoothNetwork.byte.make()
    let start = Tensor(
      shape: [2, 14, 14, 3], elements: (0..<(2 * 588)).map { Float($0 % 97) / 96 })
    let visualization = try network.visualizeActivationWithLosses(
      [1 * ActivationMaximization(layer: "dense", units: [1])],
      preset: .kerasVis.with(\.start, .picture(start)), iterations: 1, seeds: [0, 0])
    let expected = try network.evaluate(start, at: "dense")
    #expect(
      largestDifference(visualization.history[0].objectives, [expected[0, 1], expected[1, 1]])
        < 1e-4)
  }

  @Test func `pictures of any number of channels and any size come out as asked`() throws {
    let visualization = try SmoothNetwork.gray.make().visualizeActivation(
      of: "conv2", units: [0], preset: .lucid.with(\.size, InputSize(height: 21, width: 33)),
      iterations: 2)
    #expect(visualization.pictures.shape == [1, 21, 33, 1])
    #expect(visualization.picture(0).shape == [1, 21, 33, 1])
  }

  /// Pulls the picture's mean to a brightness: a loss of the picture that is no regularizer.
  private struct Brightness: Loss {
    let target: Float
    var name: String { "Brightness" }
    var subjects: [LossSubject] { [.picture(.unit)] }
    private func error(_ values: Span<Float>) -> Float {
      values.indices.reduce(0) { $0 + values[$1] } / Float(values.count) - target
    }

    func values(_ tensors: TappedTensors) -> [Float] {
      tensors[0].mapPictures { error($0) * error($0) }
    }

    func addGradients(
      of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
    ) {
      for (picture, scale) in scales.enumerated() {
        let values = tensors[0][picture: picture]
        let slope = scale * 2 * error(values) / Float(values.count)
        var gradient = gradients[0, picture: picture]
        for i in gradient.indices { gradient[i] += slope }
      }
    }
  }

  @Test func `an objective may look at the picture alone`() throws {
    let visualization = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      [1 * Brightness(target: 0.9)], preset: .smallSteps(400))
    let elements = visualization.pictures.elements
    #expect(abs(elements.reduce(0, +) / Float(elements.count) - 0.9) < 0.02)
    #expect(visualization.warnings.isEmpty)
  }
}
