import FeatureVisualization
import Testing

/// A grad modifier acts on the objective's gradient and on nothing else; keras-vis' flips regularizers too,
/// judges by the wrong direction, divides by zero and writes into what others read.
struct GradModifierTests {
  private func modified(_ modifier: some GradModifier, _ gradient: [Float]) -> [Float] {
    let size = PictureSize(height: 1, width: gradient.count, channels: 1)
    var result = gradient
    var span = result.mutableSpan
    modifier.modify(
      &span,
      at: GradientContext(
        picture: gradient.span, size: size, moment: Moment(iteration: 0, of: 1)))
    return result
  }

  @Test func `each is its function of one element`() {
    let gradient: [Float] = [-2, -0.5, 0, 0.25, 4]
    #expect(modified(.negate, gradient) == [2, 0.5, 0, -0.25, -4])
    #expect(modified(.absolute, gradient) == [2, 0.5, 0, 0.25, 4])
    #expect(modified(.relu, gradient) == [0, 0, 0, 0.25, 4])
    #expect(
      largestDifference(modified(.invert, [-2, -0.5, 0.25, 4]), [-0.5, -2, 4, 0.25]) < 1e-5)
    #expect(
      largestDifference(modified(.smallValues, [-2, -0.5, 0.25, 4]), [0.5, 2, 4, 0.25]) < 1e-5)
  }

  @Test func `inverses stay finite where keras-vis' divides by zero`() {
    let dangerous: [Float] = [-1e-7, 1e-7, 0, -0.0, -1e-30, .leastNonzeroMagnitude]
    for result in modified(.invert, dangerous) + modified(.smallValues, dangerous) {
      #expect(result.isFinite && abs(result) <= 1.001e7)
    }
    #expect(modified(.invert, [-1e-7])[0] < 0)
  }

  @Test func `negate lowers the score, and the best picture is the lowest`() throws {
    let network = try SmoothNetwork.byte.make()
    let visualization = try network.visualizeActivationWithLosses(
      [1 * ActivationMaximization(layer: "dense", units: [3])],
      preset: .smallSteps().with(\.gradModifier, .negate))
    let objectives = visualization.history.map { $0.objectives[0] }
    let lowest = try #require(objectives.min())
    #expect(visualization.scores[0] < objectives[0])
    #expect(visualization.scores[0] <= lowest + 1e-5)
  }

  @Test func `negate leaves regularizers their direction`() throws {
    let network = try SmoothNetwork.unit.make()
    let visualization = try network.visualizeActivationWithLosses(
      1e-7 * ActivationMaximization(layer: "dense", units: [3]) + 1 * TotalVariation()
        + 1 * LpNorm(), preset: .smallSteps().with(\.gradModifier, .negate))
    for term in [1, 2] {
      let values = visualization.history.map { $0.losses[term].values[0] }
      #expect(values[19] < values[0], "\(visualization.history[0].losses[term].name)")
    }
  }

  @Test func `absolute only brightens, relu only brightens what should be brighter`() throws {
    let network = try SmoothNetwork.unit.make()
    let start = Tensor(shape: [1, 14, 14, 3], repeating: 0.5)
    func firstStep(_ modifier: (any GradModifier)?) throws -> [Float] {
      let recorder = PixelRecorder()
      var preset = Preset.smallSteps(1)
      preset.projections = [recorder]
      _ = try network.visualizeActivationWithLosses(
        ActivationMaximization(layer: "dense", units: [1]),
        preset: preset.with(\.start, .picture(start)).with(\.gradModifier, modifier))
      return recorder.pixels[0].map { $0 - 0.5 }
    }
    let plain = try firstStep(nil)
    let (absolute, relu) = (
      try firstStep(.absolute), try firstStep(.relu)
    )
    #expect(plain.contains { $0 < -1e-4 } && plain.contains { $0 > 1e-4 })
    #expect(absolute.allSatisfy { $0 >= 0 })
    for i in plain.indices {
      #expect(abs(abs(plain[i]) - absolute[i]) < 1e-6)
      #expect(plain[i] > 1e-6 ? relu[i] > 0 : relu[i] < 1e-6)
    }
  }

  /// Sets the gradient to 0.
  private struct Silence: GradModifier {
    var name: String { "Silence" }
    func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext) {
      for i in gradient.indices { gradient[i] = 0 }
    }
  }

  @Test func `a modifier of one's own cannot reach regularizers, pictures or other pictures`()
    throws
  {
    let network = try SmoothNetwork.unit.make()
    let start = Tensor(shape: [1, 14, 14, 3], repeating: 0.5)
    let objective = 1 * ActivationMaximization(layer: "dense", eachOf: [[1], [2]])
    let silenced = try network.visualizeActivationWithLosses(
      [objective],
      preset: .smallSteps(3).with(\.start, .picture(start)).with(\.gradModifier, Silence()),
      seeds: [0, 0])
    #expect(silenced.pictures.elements.allSatisfy { abs($0 - 0.5) < 1e-6 })
    #expect(start.elements.allSatisfy { $0 == 0.5 })
    let heard = try network.visualizeActivationWithLosses(
      [objective], preset: .smallSteps(3).with(\.start, .picture(start)), seeds: [0, 0])
    #expect(silenced.history[0].objectives == heard.history[0].objectives)
    let regularized = try network.visualizeActivationWithLosses(
      [objective, 1 * LpNorm(p: 2)],
      preset: .smallSteps(3).with(\.start, .picture(start)).with(\.gradModifier, Silence()),
      seeds: [0, 0])
    #expect(regularized.history[2].losses[1].values[1] < regularized.history[0].losses[1].values[1])
  }
}
