import FeatureVisualization
import Testing

/// A loss that does not fall has a gradient of the wrong sign, scale or place somewhere between loss and pixel.
struct LossDescentTests {
  @Test(arguments: Preset.names, SmoothNetwork.allCases)
  func `every preset's loss falls over 20 steps, whatever the network's input range`(
    name: String, variant: SmoothNetwork
  ) throws {
    let network = try variant.make()
    var preset = try Preset.small(name).steady
    // A step of rate 100 takes pictures of these small networks past the edges of their range at once.
    if name.hasPrefix("yosinski") { preset.optimizer = GradientDescent(.constant(1)) }
    for (layer, unit) in [("dense", 2), ("conv2", 1)] as [(LayerID, Int)] {
      let visualization = try network.visualizeActivation(
        of: layer, units: [unit], preset: preset.with(\.size, InputSize(SmoothNetwork.side)),
        iterations: 21, seed: 3)
      let totals = visualization.history.map { $0.total() }
      #expect(totals[20] < totals[0], "\(layer): \(totals)")
    }
  }

  @Test(arguments: [
    1 * ActivationMaximization(layer: "dense", units: [1]),
    1 * ActivationMaximization(layer: "dense", units: [1, 4]),
    1 * ActivationMaximization(layer: "softmax", units: [0]),
    1 * ActivationMaximization(layer: "conv1", units: [5], border: 2),
    1 * ActivationMaximization(layer: "conv2"),
    -ActivationMaximization(layer: "conv2", units: [3]),
  ])
  func `every objective falls in small steps`(loss: Objective) throws {
    let visualization = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      loss, preset: .smallSteps(21))
    let totals = visualization.history.map { $0.total() }
    #expect(zip(totals, totals.dropFirst()).allSatisfy { $0 > $1 }, "\(totals)")
  }

  @Test(
    arguments: [
      LpNorm(p: 1), LpNorm(p: 2), LpNorm(p: 6), LpNorm(p: 3.5), LpNorm(p: .infinity),
      LpNorm(p: 2, space: .symmetric), TotalVariation(beta: 1), TotalVariation(beta: 1.5),
      TotalVariation(beta: 2), TotalVariation(beta: 3, space: .network),
    ] as [any Regularizer], SmoothNetwork.allCases)
  func `every regularizer falls where it outweighs the objective`(
    regularizer: any Regularizer, variant: SmoothNetwork
  ) throws {
    let objective = 1e-7 * ActivationMaximization(layer: "dense", units: [0])
    let visualization = try variant.make().visualizeActivationWithLosses(
      objective + Objective([.init(regularizer)]), preset: .smallSteps(21))
    let values = visualization.history.map { $0.losses[1].values[0] }
    #expect(values[20] < values[0], "\(values)")
  }
}
