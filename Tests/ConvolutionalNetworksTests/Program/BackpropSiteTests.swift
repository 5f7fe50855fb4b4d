import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects rules that answer for a site: each sees what it was asked for, everything else stays as fast and as exact as
/// without a modifier.
@Suite struct BackpropSiteTests {
  /// One rule at one layer, the ordinary one elsewhere.
  private struct OnLayer: BackpropModifier {
    let layer: String
    let chosen: BackpropRule

    func rule(at site: BackpropSite) -> BackpropRule { site.layer == layer ? chosen : .ordinary }
  }

  private static let shape = [2, 9, 7, 8]

  /// Two blocks of convolution, normalization, rectifier and maxima.
  private func network() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", Self.shape, .channelsFirst)],
      layers: [
        Layer("a", .convolution(8, 8, kernel: 3), inputs: ["x"]),
        Layer("a/bn", .normalization(8), inputs: ["a"]),
        Layer("a/relu", Activation(.relu), inputs: ["a/bn"]),
        Layer("a/pool", .pooling(.maximum, 3), inputs: ["a/relu"]),
        Layer("b", .convolution(8, 8, kernel: 3, seed: 4), inputs: ["a/pool"]),
        Layer("b/relu", Activation(.relu), inputs: ["b"]),
        Layer("b/pool", .pooling(.maximum, 2), inputs: ["b/relu"]),
        Layer("flat", Flatten(), inputs: ["b/pool"]),
        Layer("y", Dense(weights: .weights([5, 32])), inputs: ["flat"]),
      ], outputs: ["y"])
  }

  private func run(_ modifier: (any BackpropModifier)?) throws -> (steps: [String], run: EngineRun)
  {
    var tensors = SeededTensors(seed: 3)
    let input = ["x": tensors.uniform(Self.shape)]
    let options = Program.Options(backpropModifier: modifier)
    let program = try Program(
      network(), inputShapes: ["x": Self.shape], taps: ["y"] as [LayerID], options: options)
    return (program.stepLayers, try EngineRun(network(), input, taps: ["y"], options: options))
  }

  @Test func ordinaryRulesCostNothing() throws {
    let plain = try run(nil)
    let modified = try run(OnLayer(layer: "none", chosen: .elementwise(GuidedBackprop())))
    #expect(modified.steps == plain.steps)
    #expect(modified.run == plain.run)
  }

  /// Protects the fusions of all layers but the one whose gradients change.
  @Test(arguments: [
    ("a/relu", BackpropRule.elementwise(GuidedBackprop())),
    ("a/pool", .smoothed(.average)), ("b/pool", .smoothed(.contraharmonic)),
    ("b/relu", .wholePicture(SignBackprop())),
  ])
  func onlyTheSiteItselfStaysApart(layer: String, rule: BackpropRule) throws {
    let plain = try run(nil)
    let modified = try run(OnLayer(layer: layer, chosen: rule))
    #expect(modified.steps.contains(layer))
    #expect(modified.steps.count <= plain.steps.count + 2)
    #expect(modified.run.taps == plain.run.taps)
    #expect(modified.run.gradients != plain.run.gradients)
  }

  /// Asks about everything and changes nothing.
  private final class Listener: BackpropModifier, @unchecked Sendable {
    var sites: [BackpropSite] = []

    func rule(at site: BackpropSite) -> BackpropRule {
      sites.append(site)
      return .ordinary
    }
  }

  @Test func asksAboutEachSiteOnceAndNoOthers() throws {
    let listener = Listener()
    _ = try run(listener)
    // Compiled twice.
    #expect(listener.sites.count == 8)
    #expect(
      listener.sites.prefix(4)
        == [
          BackpropSite(layer: "a/relu", kind: .activation(.relu)),
          BackpropSite(layer: "a/pool", kind: .maximumPooling),
          BackpropSite(layer: "b/relu", kind: .activation(.relu)),
          BackpropSite(layer: "b/pool", kind: .maximumPooling),
        ])
  }

  @Test(arguments: [
    ("a/relu", BackpropRule.smoothed(.average), "ReLU"),
    ("a/pool", .elementwise(GuidedBackprop()), "MaxPooling"),
    ("a/pool", .wholePicture(SignBackprop()), "MaxPooling"),
  ])
  func refusesRulesOfOtherSites(layer: String, rule: BackpropRule, operation: String) {
    #expect(
      throws: VisualizationError.unfitBackpropRule(
        modifier: "OnLayer", layer: layer, operation: operation)
    ) { try run(OnLayer(layer: layer, chosen: rule)) }
  }

  /// Writes the iteration and the stage.
  private struct Clock: WholePictureBackprop {
    func pullback(_ gradients: ActivationGradients, into result: inout MutableSpan<Float>) {
      for i in result.indices {
        result[i] = Float(gradients.moment.iteration + 100 * gradients.moment.stage)
      }
    }
  }

  @Test func rulesAreToldTheMoment() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [1, 3], channelAxis: nil)],
      layers: [Layer("y", Activation(.tanh), inputs: ["x"])], outputs: ["y"])
    let workspace = try Workspace(
      try Program(
        network, inputShapes: ["x": [1, 3]], taps: ["y"] as [LayerID],
        options: .init(backpropModifier: Clock())))
    workspace.setInput("x", to: Tensor(shape: [1, 3], elements: [1, 2, 3]))
    for (moment, expected) in [
      (Moment(iteration: 7, of: 9, stage: 2), Float(207)), (Moment(iteration: 8, of: 9), 8),
    ] {
      workspace.forward()
      workspace.clearTapGradients()
      workspace.pullback(at: moment)
      #expect(workspace.inputGradient("x").elements == [expected, expected, expected])
    }
  }
}
