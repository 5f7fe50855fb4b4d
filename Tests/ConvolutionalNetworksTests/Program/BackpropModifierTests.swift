import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects that a backprop modifier reaches every site, fused by the file or standing alone, and no other layer.
@Suite struct BackpropModifierTests {
  static let rules: [(GradientRule, any BackpropModifier)] = [
    (.plain, PlainBackprop()), (.guided, GuidedBackprop()), (.rectified, RectifiedBackprop()),
    (.redirected, RedirectedBackprop()),
    (.averagedMaxima, SmoothedPooling(smoothing: .average)),
    (.contraharmonicMaxima, SmoothedPooling(smoothing: .contraharmonic)),
  ]

  @Test(arguments: ActivationTests.functions + [.parametricReLU(slopes: .weights([6]))])
  func followsTheRule(_ function: ActivationFunction) throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [2, 6, 5, 4], .channelsLast)],
      layers: [
        Layer("conv", .convolution(4, 6, kernel: 3), inputs: ["x"]),
        Layer("alone", Activation(function), inputs: ["conv"]),
        Layer(
          "fused",
          Convolution(weights: .weights([6, 2, 2, 6]), activation: function), inputs: ["alone"]),
        Layer("pool", .pooling(.maximum, 2), inputs: ["fused"]),
        Layer("flat", Flatten(), inputs: ["pool"]),
        Layer(
          "dense", Dense(weights: .weights([6, 36], in: -0.2...0.2), activation: function),
          inputs: ["flat"]),
        Layer("prob", Activation(.softmax(axis: -1)), inputs: ["dense"]),
      ], outputs: ["prob"])
    var tensors = SeededTensors(seed: 8)
    let input = ["x": tensors.uniform([2, 6, 5, 4], in: -2...2)]
    for (rule, modifier) in Self.rules {
      try expectAgreement(
        network, input, taps: ["dense", "alone"], tolerance: 1e-4, rule: rule, modifier: modifier)
      try expectAgreement(
        network, input, taps: ["prob"], tolerance: 1e-4, rule: rule, modifier: modifier)
    }
  }

  /// Protects that gradients differ at all: a modifier that is lost would pass a test of agreement with
  /// itself.
  @Test func changesGradients() throws {
    let network = try SampleNetworks.everyKernel(.channelsFirst)
    var tensors = SeededTensors(seed: 8)
    let input = ["x": tensors.uniform([1, 20, 18, 3])]
    let gradients = try Self.rules.map { _, modifier in
      try EngineRun(
        network, input, taps: ["logits"], options: .init(backpropModifier: modifier)
      ).gradients
    }
    #expect(gradients[0] != gradients[1])
    #expect(gradients[1] != gradients[2])
    #expect(gradients[2] != gradients[0])
  }
}
