import FeatureVisualization
import Testing

/// A balanced prior pulls at the parameters as strongly as it is told to, in proportion to the objective.
struct BalanceTests {
  private let unit = ActivationMaximization(layer: "dense", units: [1])

  /// Plain descent without normalisation: the first step is minus the rate times the gradient, so that pictures tell it.
  private func firstStep(_ objective: some ObjectiveConvertible, seeds: [UInt64] = [1]) throws
    -> [Float]
  {
    var recipe = Preset(
      name: "one step", parameterization: Pixels(in: .unit, start: .uniform(0.2...0.8)),
      optimizer: GradientDescent(.constant(0.01)), iterations: 1)
    recipe.normalizesGradient = false
    let recorder = PixelRecorder()
    recipe.projections = [recorder]
    _ = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      objective, preset: recipe, seeds: seeds)
    return recorder.pixels.flatMap { $0 }
  }

  private func strength(_ left: [Float], _ right: [Float]) -> Double {
    zip(left, right).reduce(0) { $0 + Double(abs($1.0 - $1.1)) }
  }

  @Test(arguments: [0.25, 2] as [Float])
  func `its gradient has the share of the objective's that was asked for`(share: Float) throws {
    let seeds: [UInt64] = [1, 2]
    let start = try firstStep(0 * unit, seeds: seeds)
    let plain = try firstStep(unit, seeds: seeds)
    for prior in [TotalVariation().objective, DeepDream(layer: "conv2").objective] {
      let balanced = try firstStep(unit + prior.balanced(share), seeds: seeds)
      for picture in 0..<2 {
        let part = picture * 588..<(picture + 1) * 588
        func numbers(_ pixels: [Float]) -> [Float] { Array(pixels[part]) }
        let objective = strength(numbers(plain), numbers(start))
        let found = strength(numbers(balanced), numbers(plain))
        #expect(abs(found / objective - Double(share)) < 0.02 * Double(share))
      }
    }
  }

  @Test func `weights and schedules count besides`() throws {
    let plain = try firstStep(unit)
    let single = try firstStep(unit + TotalVariation().balanced())
    let triple = try firstStep(unit + 3 * TotalVariation().balanced())
    #expect(abs(strength(triple, plain) / strength(single, plain) - 3) < 0.05)
  }

  @Test func `a picture's balance does not depend on others`() throws {
    let objective = unit + TotalVariation().balanced(0.5)
    let both = try firstStep(objective, seeds: [1, 2])
    let alone = try firstStep(objective, seeds: [2])
    #expect(Array(both[588...]) == alone)
  }

  /// A prior that outweighs the objective falls, whatever transformations show of the picture.
  @Test func `a run with it goes on under random transformations`() throws {
    var recipe = Preset.smallSteps(6)
    recipe.inputModifiers = [.jitter(2)]
    recipe.views = 2
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      unit + TotalVariation().balanced(3), preset: recipe, seeds: [4, 5])
    #expect(drawn.history.count == 6)
    #expect(drawn.history[5].losses[1].values[0] < drawn.history[0].losses[1].values[0])
  }

  @Test func `what cannot be balanced is told`() throws {
    let network = try SmoothNetwork.unit.make()
    func draw(_ prior: Objective, _ start: Preset.Start? = nil) throws {
      _ = try network.visualizeActivationWithLosses(
        unit + prior, preset: .smallSteps(1).with(\.start, start))
    }
    for share: Float in [0, -1, .nan, .infinity] {
      #expect(throws: VisualizationError.self) { try draw(TotalVariation().balanced(share)) }
    }
    // A flat picture has no variation to lose.
    let flat = Preset.Start.picture(Tensor(shape: [1, 14, 14, 3], repeating: 0.5))
    #expect(throws: VisualizationError.self) { try draw(TotalVariation().balanced(), flat) }
    #expect(throws: Never.self) { try draw(TotalVariation().balanced()) }
  }
}
