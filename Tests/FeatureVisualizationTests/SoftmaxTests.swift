import FeatureVisualization
import Testing

/// keras-vis' notebook swaps the final softmax for a linear activation, since a probability also rises where
/// the other classes fall, and stops rising near 1: the class itself ends up far weaker.
struct SoftmaxTests {
  @Test(arguments: SmoothNetwork.allCases)
  func `with the softmax swapped, the class's logit rises much further`(variant: SmoothNetwork)
    throws
  {
    let network = try variant.make()
    let swapped = try network.replacingActivation(of: "softmax", with: .linear)
    let unit = 2
    var preset = Preset.smallSteps(150, rate: 0.2)
    preset.optimizer = GradientDescent(.constant(0.2))
    let kept = try network.visualizeActivation(
      of: "softmax", units: [unit], preset: preset, seed: 5)
    let linear = try swapped.visualizeActivation(
      of: "softmax", units: [unit], preset: preset, seed: 5)
    let keptLogits = try network.evaluate(kept.pictures, at: "dense").elements
    let linearLogits = try network.evaluate(linear.pictures, at: "dense").elements

    #expect(kept.scores[0] > 2 * kept.history[0].objectives[0] || kept.scores[0] > 0.9)
    #expect(linearLogits[unit] > keptLogits[unit] + 0.05 * abs(keptLogits[unit]))
    func others(_ logits: [Float]) -> Float {
      logits.enumerated().filter { $0.offset != unit }.map(\.element).reduce(0, +)
    }
    #expect(others(keptLogits) < others(linearLogits))
  }

  @Test func `a softmax kept is told, a swapped one is not`() throws {
    let network = try SmoothNetwork.unit.make()
    let swapped = try network.replacingActivation(of: "softmax", with: .linear)
    func warnings(_ network: NeuralNetwork, _ layer: LayerID) throws -> [VisualizationWarning] {
      try network.visualizeActivation(of: layer, units: [0], preset: .smallSteps(1)).warnings
    }
    #expect(try warnings(network, "softmax") == [.softmaxKept(layer: "softmax")])
    #expect(try warnings(network, -1) == [.softmaxKept(layer: "softmax")])
    #expect(try warnings(network, "dense").isEmpty)
    #expect(try warnings(swapped, "softmax").isEmpty)
  }

  @Test func `a softmax fused into its layer is told as well`() throws {
    let weights = Tensor(shape: [2, 3], elements: [1, 0, -1, 0.5, 1, 1])
    let network = try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput("x", shape: [1, 3], channelAxis: nil, specification: InputSpecification())
      ],
      layers: [
        Layer("y", Dense(weights: weights, activation: .softmax(axis: -1)), inputs: ["x"])
      ], outputs: ["y"])
    let visualization = try network.visualizeActivation(
      of: "y", units: [0], preset: .smallSteps(1).with(\.size, 1))
    #expect(visualization.warnings == [.softmaxKept(layer: "y")])
  }
}
