import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects which convolutions pool their results themselves: none where something has to see the map between.
@Suite struct PoolingFusionTests {
  /// Protects what has to see the map between the two: a tap, another reader, a modifier at its activation; and windows
  /// that are not 2×2 cells of it.
  @Test func staysApartWhereTheMapIsNeeded() throws {
    let whole = [
      Layer("conv", .convolution(16, 16, kernel: 3), inputs: ["x"]),
      Layer("act", Activation(.relu), inputs: ["conv"]),
      Layer("pool", .pooling(.maximum, 2), inputs: ["act"]),
    ]
    let reading = [Layer("sum", Reduction(.mean, axes: [1, 2]), inputs: ["act"])]
    #expect(try pools(whole, taps: ["pool"]))
    for between in ["conv", "act"] as [LayerID] {
      #expect(try !pools(whole, taps: ["pool", between]))
    }
    #expect(try !pools(whole + reading, taps: ["pool", "sum"]))
    #expect(try !pools(whole, taps: ["pool"], .init(backpropModifier: GuidedBackprop())))
    #expect(try !pools(whole, taps: ["pool"], .init(arithmetic: .plain)))
    #expect(try !pools(whole, taps: ["pool"], side: 17))
    let convolutions: [Convolution] = [
      .convolution(16, 16, kernel: 5), .convolution(16, 16, kernel: 3, groups: 2),
      .convolution(16, 16, kernel: 1), .convolution(16, 16, kernel: 3, stride: 2),
    ]
    for convolution in convolutions {
      #expect(try !pools([Layer("conv", convolution, inputs: ["x"])] + whole[1...], taps: ["pool"]))
    }
    let poolings = [
      Pooling.pooling(.maximum, 3), .pooling(.average(countsPadding: true), 2),
      Pooling(.maximum, window: SlidingWindow(kernel: [2, 2])),
      Pooling(
        .maximum,
        window: SlidingWindow(kernel: [2, 2], stride: [2, 2], padding: .uniform(1))),
      Pooling(
        .maximum,
        window: SlidingWindow(kernel: [2, 2], stride: [2, 2], dilation: [2, 2])),
    ]
    for pooling in poolings {
      #expect(try !pools(whole[..<2] + [Layer("pool", pooling, inputs: ["act"])], taps: ["pool"]))
    }
    let residual = [
      Layer("conv", .convolution(16, 16, kernel: 3), inputs: ["x"]),
      Layer("act", Arithmetic(.add), inputs: ["conv", "x"]), whole[2],
    ]
    #expect(try !pools(residual, taps: ["pool"]))
  }

  /// Protects modifiers: one at an activation behind the maxima sees what it is asked to.
  @Test func modifiersSeeActivationsBehindMaxima() throws {
    let network = try Self.network(
      [
        Layer("conv", .convolution(16, 16, kernel: 3), inputs: ["x"]),
        Layer("pool", .pooling(.maximum, 2), inputs: ["conv"]),
        Layer("act", Activation(.relu), inputs: ["pool"]),
      ], side: 16)
    var tensors = SeededTensors(seed: 5)
    let input = ["x": tensors.spaced([1, 16, 16, 16], in: -2...2)]
    for (rule, modifier) in BackpropModifierTests.rules {
      try expectAgreement(network, input, taps: ["act"], rule: rule, modifier: modifier)
    }
  }

  private func pools(
    _ layers: [Layer], taps: [LayerID], _ options: Program.Options = .init(), side: Int = 16
  ) throws -> Bool {
    try Program(
      try Self.network(layers, side: side), inputShapes: ["x": [1, side, side, 16]], taps: taps,
      options: options
    ).pools
  }

  private static func network(_ layers: [Layer], side: Int) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, side, side, 16], .channelsLast)],
      layers: layers, outputs: [])
  }
}
