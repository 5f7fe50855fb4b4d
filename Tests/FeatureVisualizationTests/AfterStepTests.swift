import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// What Yosinski et al. do to the picture after a step: numbers worked out by hand or stated plainly in double
/// precision, and the order in which their toolbox does it.
struct AfterStepTests {
  private func applied(
    _ projection: some Projection, to pixels: [Float], _ size: PictureSize, iteration: Int = 0,
    gradient: [Float] = []
  ) -> [Float] {
    let start = pixels
    var pixels = pixels
    var span = pixels.mutableSpan
    projection.project(
      &span,
      after: CompletedStep(
        moment: Moment(iteration: iteration, of: 10), size: size, gradient: gradient.span,
        start: start.span))
    return pixels
  }

  @Test func `decay takes its share of every pixel`() {
    let size = PictureSize(height: 1, width: 4, channels: 1)
    #expect(
      largestDifference(applied(.decay(0.25), to: [-4, 0, 1, 8], size), [-3, 0, 0.75, 6]) < 1e-6)
  }

  @Test(
    arguments: [0.3, 0.5, 1, 2.2],
    [
      PictureSize(height: 9, width: 12), PictureSize(height: 5, width: 3),
      PictureSize(height: 1, width: 2, channels: 1),
    ])
  func `the blur is a Gaussian over the plane, mirrored at the edges`(
    sigma: Double, size: PictureSize
  ) {
    var random = SeededTensors(seed: 3)
    let picture = random.uniform([size.count], in: -100...100).elements
    let radius = Int(4 * sigma + 0.5)
    func mirrored(_ position: Int, _ count: Int) -> Int {
      var position = position
      while position < 0 || position >= count {
        position = position < 0 ? -1 - position : 2 * count - 1 - position
      }
      return position
    }
    func weight(_ distance: Int) -> Double {
      2.718281828459045.power(-Double(distance * distance) / (2 * sigma * sigma))
    }
    let sum = (-radius...radius).map(weight).reduce(0, +)
    var expected: [Float] = []
    for y in 0..<size.height {
      for x in 0..<size.width {
        for channel in 0..<size.channels {
          var value = 0.0
          for dy in -radius...radius {
            for dx in -radius...radius {
              let (row, column) = (mirrored(y + dy, size.height), mirrored(x + dx, size.width))
              value +=
                weight(dy) * weight(dx) / (sum * sum)
                * picture[(row * size.width + column) * size.channels + channel]
            }
          }
          expected.append(Float(value))
        }
      }
    }
    let blurred = applied(.gaussianBlur(sigma: sigma), to: picture.map { Float($0) }, size)
    #expect(largestDifference(blurred, expected) < 1e-3)
  }

  @Test func `the first step is followed by a blur, and each n-th after it`() {
    let size = PictureSize(height: 1, width: 3, channels: 1)
    let changed = (0..<9).filter {
      applied(.gaussianBlur(sigma: 1, every: 4), to: [0, 9, 0], size, iteration: $0) != [0, 9, 0]
    }
    #expect(changed == [0, 4, 8])
  }

  @Test func `pixels of small norm are cut below the percentile`() {
    // Norms 5, 1, 13, 0, 2; the 50th percentile is 2, and 2 is not below it.
    let size = PictureSize(height: 1, width: 5, channels: 2)
    let pixels: [Float] = [3, -4, 1, 0, 5, 12, 0, 0, 0, 2]
    #expect(
      applied(.clipSmallNorm(percentile: 50), to: pixels, size)
        == [3, -4, 0, 0, 5, 12, 0, 0, 0, 2])
    // Between places: 60 % of the way from 2 to 5.
    #expect(
      applied(.clipSmallNorm(percentile: 65), to: pixels, size)
        == [3, -4, 0, 0, 5, 12, 0, 0, 0, 0])
    #expect(applied(.clipSmallNorm(percentile: 0), to: pixels, size) == pixels)
    #expect(
      applied(.clipSmallNorm(percentile: 100), to: pixels, size)
        == [0, 0, 0, 0, 5, 12, 0, 0, 0, 0])
  }

  @Test func `the contribution of a pixel is |Σ x · gradient| over its channels`() {
    // Contributions 0 (the channels cancel), 6, 2, 8.
    let size = PictureSize(height: 2, width: 2, channels: 2)
    let pixels: [Float] = [5, 5, 2, 1, 1, 1, -2, 0]
    let gradient: [Float] = [3, -3, 2, 2, 1, 1, 4, 100]
    #expect(
      applied(.clipSmallContribution(percentile: 50), to: pixels, size, gradient: gradient)
        == [0, 0, 2, 1, 0, 0, -2, 0])
  }

  @Test func `small values are cut each by itself`() {
    // Sizes 3, 4, 1, 0, 5, 2: the median is 2.5.
    let size = PictureSize(height: 1, width: 3, channels: 2)
    #expect(
      applied(.clipSmallValue(percentile: 50), to: [3, -4, 1, 0, 5, -2], size)
        == [3, -4, 0, 0, 5, 0])
  }

  /// As in the toolbox, whose smallest benefits of removal are those of the pixels that raise the objective most.
  @Test func `the benefit of removal is −Σ x · gradient with its sign`() {
    // Benefits 0 (the channels cancel), −6, −2, 8: the median is −1.
    let size = PictureSize(height: 2, width: 2, channels: 2)
    let pixels: [Float] = [5, 5, 2, 1, 1, 1, -2, 0]
    let gradient: [Float] = [3, -3, 2, 2, 1, 1, 4, 100]
    #expect(
      applied(.clipSmallBenefit(percentile: 50), to: pixels, size, gradient: gradient)
        == [5, 5, 0, 0, 0, 0, -2, 0])
  }

  @Test func `the gradient handed to projections is the objective's, in the scale of the pixels`()
    throws
  {
    final class Keeper: Projection {
      let check: @Sendable (CompletedStep) -> Void
      init(_ check: @escaping @Sendable (CompletedStep) -> Void) { self.check = check }
      var name: String { "Keeper" }
      func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) { check(step) }
    }
    let network = try SmoothNetwork.unit.make()
    let start = Tensor(shape: [1, 14, 14, 3], elements: (0..<588).map { Float($0 % 71) / 70 })
    let program = try Program(network, inputShapes: ["input": start.shape], taps: ["dense"])
    let workspace = try Workspace(program)
    workspace.setInput("input", to: start)
    workspace.forward()
    workspace.withTapGradient(0) { gradient in
      for i in gradient.indices { gradient[i] = i == 1 ? 1 : 0 }
    }
    workspace.pullback()
    let perByte = workspace.inputGradient("input").elements.map { $0 / 255 }
    let keeper = Keeper { step in
      #expect(step.moment == Moment(iteration: 0, of: 1))
      let gradient = step.gradient.indices.map { step.gradient[$0] }
      #expect(largestDifference(gradient, perByte) < 1e-7)
    }
    var preset = Preset.kerasVis
    preset.projections = [keeper]
    _ = try network.visualizeActivationWithLosses(
      1 * ActivationMaximization(layer: "dense", units: [1]) + 100 * TotalVariation(),
      preset: preset.with(\.start, .picture(start)), iterations: 1)
  }

  // MARK: Order

  /// Adds and multiplies, so that the order shows.
  private struct Affine: Projection {
    let factor: Float
    let offset: Float
    var name: String { "Affine" }
    func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep) {
      for i in pixels.indices { pixels[i] = factor * pixels[i] + offset }
    }
  }

  @Test func `projections run in list order`() throws {
    var preset = Preset.smallSteps(1, rate: 1e-6)
    preset.projections = [Affine(factor: 0.5, offset: 0), Affine(factor: 1, offset: 0.2)]
    let visualization = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      1e-9 * ActivationMaximization(layer: "dense", units: [1]),
      preset: preset.with(\.start, .picture(Tensor(shape: [1, 14, 14, 3], repeating: 0.5))).with(
        \.inputModifiers, [.jitter(1)]))
    #expect(visualization.pictures.elements.allSatisfy { abs($0 - 0.45) < 1e-4 })
  }

  @Test func `presets follow the toolbox: decay, blur, small norm, small contribution`() throws {
    func order(_ preset: Preset) -> [String] {
      preset.projections.map(\.name)
    }
    #expect(order(try .yosinski(1)) == ["GaussianBlur", "SmallNormClipping"])
    #expect(order(try .yosinski(2)) == ["Decay", "SmallNormClipping"])
    #expect(order(try .yosinski(3)) == ["Decay", "GaussianBlur"])
    #expect(order(try .yosinski(4)) == ["GaussianBlur", "SmallContributionClipping"])
    #expect(
      order(.actMaxUtil) == [
        "Decay", "GaussianBlur", "SmallNormClipping", "SmallContributionClipping",
      ])
  }

  @Test func `presets carry the published numbers`() throws {
    let table: [(decay: Float?, sigma: Double?, norm: Double?, contribution: Double?, Int)] = [
      (nil, 0.5, 50, nil, 500), (0.3, nil, 20, nil, 750), (0.0001, 1, nil, nil, 1000),
      (nil, 0.5, nil, 90, 1000),
    ]
    for (row, numbers) in table.enumerated() {
      let preset = try Preset.yosinski(row + 1)
      let clippings = preset.projections.compactMap { $0 as? PercentileClipping }
      let blurs = preset.projections.compactMap { $0 as? GaussianBlur }
      #expect(preset.projections.compactMap { ($0 as? Decay)?.rate }.first == numbers.decay)
      #expect(blurs.first?.sigma == numbers.sigma)
      #expect(blurs.allSatisfy { $0.interval == 4 })
      #expect(clippings.first { $0.measure == .norm }?.percentile == numbers.norm)
      #expect(clippings.first { $0.measure == .contribution }?.percentile == numbers.contribution)
      #expect(preset.iterations == numbers.4)
    }
    let rates = try (1...4).map { row in
      let rate = (try Preset.yosinski(row).optimizer as? GradientDescent)?.learningRate
      return rate.map { "\($0)" } ?? ""
    }
    #expect(
      rates == [
        "progress(2.0, maximum: 100.0)", "constant(100.0)", "constant(100.0)",
        "progress(2.0, maximum: 1e+08)",
      ])
  }
}
