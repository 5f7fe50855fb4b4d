import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the swap of an activation, which leaves the original network as it is.
@Suite struct EditingTests {
  private func classifier(fused: Bool) throws -> NeuralNetwork {
    let weights = Tensor.weights([5, 4])
    return try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 4], .channelsLast)],
      layers: fused
        ? [Layer("prob", Dense(weights: weights, activation: .softmax(axis: -1)), inputs: ["x"])]
        : [
          Layer("logits", Dense(weights: weights), inputs: ["x"]),
          Layer("prob", Activation(.softmax(axis: -1)), inputs: ["logits"]),
        ],
      outputs: ["prob"])
  }

  @Test(arguments: [true, false])
  func swapsSoftmaxForLinear(fused: Bool) throws {
    let original = try classifier(fused: fused)
    let linear = try original.replacingActivation(of: "prob", with: .linear)
    let final = try original.replacingFinalActivations()
    var tensors = SeededTensors(seed: 1)
    let input = ["x": tensors.uniform([2, 4])]
    let before = try EngineRun(original, input, taps: ["prob"]).taps[0]
    let swapped = try EngineRun(linear, input, taps: ["prob"]).taps[0]
    #expect(try EngineRun(final, input, taps: ["prob"]).taps[0] == swapped)
    #expect(try EngineRun(original, input, taps: ["prob"]).taps[0] == before)
    for picture in 0..<2 {
      let sum = (0..<5).reduce(Float(0)) { $0 + before[picture, $1] }
      #expect(abs(sum - 1) < 1e-6)
    }
    try expectAgreement(linear, input, taps: ["prob"])
    let logits = try EngineRun(classifier(fused: false), input, taps: ["logits"]).taps[0]
    #expect(swapped == logits)
  }

  /// Protects networks that weigh values by a softmax in their midst: only one that makes an output is swapped.
  @Test func `leaves the softmax of an attention alone`() throws {
    func network(_ last: [Layer]) throws -> NeuralNetwork {
      try NeuralNetwork(
        layout: .channelsLast, inputs: [.map("x", [1, 4], .channelsLast)],
        layers: [
          Layer("weights", Activation(.softmax(axis: -1)), inputs: ["x"]),
          Layer("weighted", Arithmetic(.multiply), inputs: ["x", "weights"]),
        ] + last, outputs: [last.last?.name ?? "weighted"])
    }
    func kinds(_ network: NeuralNetwork) -> [String] { network.layers.map(\.operation.kind) }
    let open = try network([])
    #expect(try kinds(open.replacingFinalActivations()) == kinds(open))
    #expect(open.scoreLayer == "weighted")
    let closed = try network([
      Layer("prob", Activation(.softmax(axis: -1)), inputs: ["weighted"]),
      Layer("flat", Flatten(), inputs: ["prob"]),
    ])
    #expect(
      try kinds(closed.replacingFinalActivations()) == ["Softmax", "Multiply", "Linear", "Flatten"])
    #expect(closed.scoreLayer == "weighted")
  }

  @Test func replacesAFusedActivationOfAConvolution() throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", [1, 4, 4, 2], .channelsFirst)],
      layers: [
        Layer(
          "conv",
          Convolution(
            weights: .weights([3, 3, 3, 2]), stride: [2, 1], padding: .uniform(1), activation: .relu
          ),
          inputs: ["x"])
      ], outputs: ["conv"])
    let replaced = try network.replacingActivation(of: "conv", with: .tanh)
    var tensors = SeededTensors(seed: 1)
    try expectAgreement(replaced, ["x": tensors.uniform([1, 4, 4, 2])], taps: ["conv"])
    let operation = try #require(try replaced.layer("conv").operation as? Convolution)
    let original = try #require(try network.layer("conv").operation as? Convolution)
    #expect(operation.window == original.window)
    #expect(operation.activation == .tanh)
    #expect(original.activation == .relu)
  }

  @Test func refusesLayersWithoutActivation() throws {
    let network = try SampleNetworks.everyKernel(.channelsLast)
    #expect(throws: VisualizationError.noActivation(layer: "pool", operation: "MaxPooling")) {
      try network.replacingActivation(of: "pool", with: .linear)
    }
    #expect(throws: VisualizationError.self) {
      try network.replacingActivation(of: "nowhere", with: .linear)
    }
    #expect(throws: VisualizationError.missingInput(name: "y")) {
      try network.binding(["y": Tensor(shape: [1])])
    }
  }
}
