import FeatureVisualization
import Testing

/// Losses that couple the pictures of a batch: ranked by their sum, from one iteration, and never parted.
struct CoupledLossTests {
  /// Pictures whose mean responses are apart: `− Σ (m_n − mean m)²`, divided among them.
  private var spread: DerivedLoss {
    let response = TensorExpression.layer("conv2").mean()
    let apart = (response - response.mean(over: .pictures)).squared().sum(over: .pictures)
    return DerivedLoss("Spread", maximizing: apart.dividedAmongPictures())
  }

  @Test func `pictures of a coupled batch come from one iteration`() throws {
    // Steps this long overshoot, so that the best picture is not the last.
    let network = try SmoothNetwork.unit.make()
    let drawn = try network.visualizeActivationWithLosses(
      spread, preset: .smallSteps(30, rate: 3), seeds: [1, 2, 3])
    let sums = drawn.history.map { $0.objectives.reduce(0, +) }
    let best = try #require(sums.max())
    #expect(drawn.scores.reduce(0, +) >= best - 1e-4 * abs(best))
    #expect(sums[29] > sums[0])
  }

  @Test func `a coupled batch is not parted when pictures are done`() throws {
    var recipe = Preset.smallSteps(40, rate: 0.5)
    recipe.stopping = .plateau(patience: 3, tolerance: 0.02)
    let objective = spread + ActivationMaximization(layer: "dense", eachOf: [[0], [1], [2], [3]])
    let drawn = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      objective, preset: recipe, seeds: [1, 2, 3, 4])
    #expect(drawn.history.allSatisfy { $0.losses[0].values.allSatisfy { $0.isFinite } })
  }
}
