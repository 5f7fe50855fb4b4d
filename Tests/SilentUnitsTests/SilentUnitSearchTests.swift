import FeatureVisualization
import Testing

@testable import SilentUnits

/// What a recipe leaves silent is raised by the next attempt that can, or found dead with all that was tried.
struct SilentUnitSearchTests {
  private func search(_ network: NeuralNetwork, unit: Int = 0, layer: LayerID = "unit") throws
    -> SilentUnitSearch
  {
    var search = try SilentUnitSearch(network, ActivationMaximization(layer: layer, units: unit))
    search.stepCount = 24
    return search
  }

  /// Protects units that respond: what the recipe draws of them stays as it is.
  @Test func respondingUnit() throws {
    let network = try SmallNetworks.biased([1])
    let found = try search(network).visualizeActivation(preset: SmallNetworks.recipe(), seed: 3)
    let drawn = try network.visualizeActivation(
      of: "unit", units: 0, preset: SmallNetworks.recipe(), seed: 3)
    #expect(found.visualization.pictures == drawn.pictures && !found.isDead)
    #expect(found.attempts.map(\.way) == [.recipe] && found.attempts[0].isRaised)
  }

  /// Protects silent units, whether a file fuses the rectifier or not: the score is theirs, in the network as it is.
  @Test(arguments: [true, false])
  func silentUnit(fused: Bool) throws {
    let network = try SmallNetworks.biased([100, 2.4], fused: fused)
    let search = try search(network, unit: 1)
    let found = try search.visualizeActivation(preset: SmallNetworks.recipe(), seed: 1)
    #expect(found.attempts.map(\.isRaised).last == true && !found.isDead)
    #expect(
      found.attempts[0]
        == .init(
          way: .recipe, startCount: 1, highest: 0, highestBeforeActivation: nil, isRaised: false))
    let map = try network.evaluate(found.visualization.pictures, at: "unit")
    let mean = (0..<144).reduce(0) { $0 + map[0, $1 / 12, $1 % 12, 1] } / 144
    #expect(mean > 0.01 && abs(found.visualization.scores[0] - mean) < 1e-5)
  }

  /// Protects the climb before the activation where nothing else is left: not even redirected gradients are needed.
  @Test func beforeActivation() throws {
    var recipe = SmallNetworks.recipe()
    // Another rule for gradients stands where the redirected one would.
    recipe.backpropModifier = .guided
    let found = try search(SmallNetworks.biased([2.4])).visualizeActivation(preset: recipe)
    #expect(found.attempts.map(\.way) == [.recipe, .starts] && found.visualization.scores[0] > 0)
    // Grey is 0.9 below the threshold.
    #expect(try #require(found.attempts[1].highestBeforeActivation) > -0.9)
  }

  /// Protects the word "dead": a unit that no picture can raise is reported with everything that was tried.
  @Test func deadUnit() throws {
    let search = try search(SmallNetworks.biased([3.5]))
    let photo = Tensor(shape: [1, 20, 30, 3], repeating: 1)
    let found = try search.visualizeActivation(
      preset: SmallNetworks.recipe(), pictures: [photo, photo])
    #expect(found.isDead && found.visualization.scores[0] == 0)
    #expect(found.attempts.map(\.way) == [.recipe, .redirected, .starts, .pictures, .scenes])
    #expect(found.attempts.map(\.startCount) == [1, 1, 32, 2, 16])
    #expect(found.attempts.allSatisfy { $0.highest == 0 && !$0.isRaised })
    // White is half below the threshold, and that is what the photos are.
    let before = try #require(found.attempts[3].highestBeforeActivation)
    #expect(abs(before + 0.5) < 0.06)
    #expect("\(found.attempts[2])".hasPrefix("32 × starts from noise: 0.0, -"))
  }

  /// Protects the way from natural pictures: one that raises the unit is enough, of any size.
  @Test func naturalPicture() throws {
    var search = try search(SmallNetworks.biased([2.4]))
    (search.startCount, search.sceneCount) = (0, 0)
    var recipe = SmallNetworks.recipe()
    recipe.backpropModifier = .guided
    #expect(try search.visualizeActivation(preset: recipe).isDead)
    let found = try search.visualizeActivation(
      preset: recipe, pictures: [Tensor(shape: [1, 30, 20, 3], repeating: 0.95)])
    #expect(!found.isDead && found.visualization.scores[0] > 0)
    #expect(found.attempts.map(\.way) == [.recipe, .pictures])
    #expect(throws: VisualizationError.self) {
      _ = try search.visualizeActivation(
        preset: recipe, pictures: [Tensor(shape: [1, 30, 20, 1], repeating: 0.95)])
    }
  }

  /// Protects units that no rectifier of their own silences: they begin where they stay, and are redirected.
  @Test func behindAnotherLayer() throws {
    let first = try SmallNetworks.biased([2.4])
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: first.inputs,
      layers: first.layers + [
        Layer(
          "next",
          Convolution(
            weights: Tensor(shape: [1, 1, 1, 1], repeating: 2),
            bias: Tensor(shape: [1], elements: [0.25])), inputs: ["unit"])
      ], outputs: ["next"])
    let search = try search(network, layer: "next")
    #expect(search.beforeActivation == nil)
    let found = try search.visualizeActivation(preset: SmallNetworks.recipe())
    #expect(!found.isDead && found.visualization.scores[0] > 0.26)
    #expect(found.attempts[0].highest == 0.25 && !found.attempts[0].isRaised)
  }

  /// Protects recipes that cannot start from a picture: the climb's own is shown, with the unit's score.
  @Test func withoutStarts() throws {
    var recipe = SmallNetworks.recipe()
    recipe.parameterization = MagnitudeConstrained()
    let search = try search(SmallNetworks.biased([2.9]))
    let found = try search.visualizeActivation(preset: recipe)
    #expect(!found.isDead && found.visualization.scores[0] > 0)
  }

  /// Protects what was asked for: a recipe's own start is kept, and lowered units may be silent.
  @Test func ownStart() throws {
    let network = try SmallNetworks.biased([3.5])
    let gray = Tensor(shape: [1, 12, 12, 3], repeating: 0.5)
    let started = try search(network).visualizeActivation(
      preset: SmallNetworks.recipe().with(\.start, .picture(gray)))
    #expect(started.attempts.map(\.way) == [.recipe, .redirected])
    let lowered = try search(network).visualizeActivation(
      preset: SmallNetworks.recipe().with(\.gradModifier, .negate))
    #expect(lowered.attempts.map(\.way) == [.recipe])
  }

  /// Protects reproducibility: the same bytes again, and whatever climbs at once.
  @Test func sameBytes() throws {
    var search = try search(SmallNetworks.biased([2.7]))
    var recipe = SmallNetworks.recipe()
    recipe.backpropModifier = .guided
    let first = try search.visualizeActivation(preset: recipe, seed: 4)
    let again = try search.visualizeActivation(preset: recipe, seed: 4)
    #expect(first.visualization.pictures == again.visualization.pictures)
    #expect(first.attempts == again.attempts)
    #expect(
      DrawnScene(seed: 1).picture(.init(height: 9, width: 7, channels: 3))
        == DrawnScene(seed: 1).picture(.init(height: 9, width: 7, channels: 3)))
    search.batch = 3
    #expect(try search.visualizeActivation(preset: recipe, seed: 4).visualization.scores[0] > 0)
  }

  /// Protects interruptions: a search that is stopped has found nobody dead.
  @Test func cancelled() throws {
    let found = try search(SmallNetworks.biased([3.5])).visualizeActivation(
      preset: SmallNetworks.recipe()
    ) { way, progress in
      if way == .starts { progress.stop() }
    }
    #expect(!found.isComplete && !found.isDead)
  }

  /// Protects batches of several sets of units, which share no verdict.
  @Test func severalSets() throws {
    let network = try SmallNetworks.biased([1, 2])
    #expect(throws: VisualizationError.self) {
      _ = try SilentUnitSearch(network, ActivationMaximization(layer: "unit", eachOf: [[0], [1]]))
    }
  }
}
