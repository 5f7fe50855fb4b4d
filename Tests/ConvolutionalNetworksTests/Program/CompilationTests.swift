import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects what a program holds: the part that the taps need, for the sizes asked for.
@Suite struct CompilationTests {
  @Test func holdsOnlyWhatTheTapsNeed() throws {
    let network = try SampleNetworks.everyKernel(.channelsLast)
    let program = try Program(network, inputShapes: ["x": [1, 40, 36, 3]], taps: ["pointwise"])
    #expect(program.stepLayers == ["conv", "depthwise", "maxima", "both", "pointwise"])
    let whole = try Program(
      network, inputShapes: ["x": [1, 40, 36, 3]], taps: ["pointwise", "prob"])
    #expect(program.workspaceCount < whole.workspaceCount)
  }

  @Test(arguments: TensorLayout.both)
  func batchAndSizeAreFree(layout: TensorLayout) throws {
    let network = try SampleNetworks.everyKernel(layout)
    var tensors = SeededTensors(seed: 1)
    for shape in [[1, 40, 36, 3], [3, 23, 31, 3], [2, 17, 16, 3]] {
      try expectAgreement(
        network, ["x": tensors.uniform(shape)], taps: ["logits", "pointwise"], tolerance: 1e-4)
    }
  }

  @Test func differentiatesTheInputsAskedFor() throws {
    let network = try Self.twoInputs()
    var tensors = SeededTensors(seed: 1)
    let inputs = ["a": tensors.uniform([2, 3, 4, 2]), "b": tensors.uniform([2, 3, 4, 2])]
    try expectAgreement(network, inputs, taps: ["sum", "left", "right"])
    let all = try EngineRun(network, inputs, taps: ["sum"])
    let one = try EngineRun(
      network, inputs, taps: ["sum"], options: .init(differentiatedInputs: ["b"]))
    #expect(one.taps == all.taps)
    #expect(one.gradients["b"] == all.gradients["b"])
    #expect(one.gradients["a"] == Tensor(shape: [2, 3, 4, 2]))
    let none = try Program(
      network, inputShapes: inputs.mapValues(\.shape), taps: ["sum"],
      options: .init(differentiatedInputs: []))
    let workspace = try Workspace(none)
    workspace.withInputGradient("a") { #expect($0.isEmpty) }
    workspace.withTapGradient(0) { #expect($0.isEmpty) }
  }

  @Test func inputsThatNoTapReadsNeedNoShape() throws {
    let network = try Self.twoInputs()
    let program = try Program(network, inputShapes: ["a": [1, 3, 4, 2]], taps: ["left"])
    #expect(program.taps.map(\.shape) == [[1, 3, 4, 2]])
    #expect(throws: VisualizationError.missingInput(name: "b")) {
      try Program(network, inputShapes: ["a": [1, 3, 4, 2]], taps: ["sum"])
    }
  }

  /// Protects inputs bound to constants: their part of the network runs once, when a workspace is made.
  @Test func boundInputsGiveTheSameValues() throws {
    let network = try Self.twoInputs()
    var tensors = SeededTensors(seed: 1)
    let (a, b) = (tensors.uniform([1, 3, 4, 2]), tensors.uniform([1, 3, 4, 2]))
    let bound = try network.binding(["b": Tensor(b)])
    try expectAgreement(bound, ["a": a], taps: ["sum", "right"])
    let whole = try EngineRun(network, ["a": a, "b": b], taps: ["sum"])
    let part = try EngineRun(bound, ["a": a], taps: ["sum"])
    #expect(whole.taps == part.taps)
    #expect(whole.gradients["a"] == part.gradients["a"])
  }

  @Test func refusesShapesThatDoNotFit() throws {
    let network = try SampleNetworks.everyKernel(.channelsFirst)
    #expect(
      throws: VisualizationError.invalidInput(
        name: "x", declared: [nil, 40, 36, 3], actual: [1, 40, 36, 4])
    ) {
      try Program(network, inputShapes: ["x": [1, 40, 36, 4]], taps: ["prob"])
    }
    #expect(throws: VisualizationError.self) {
      try Program(network, inputShapes: ["x": [1, 1, 0, 3]], taps: ["prob"])
    }
  }

  private static func twoInputs() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsLast,
      inputs: [.map("a", [1, 3, 4, 2], .channelsLast), .map("b", [1, 3, 4, 2], .channelsLast)],
      layers: [
        Layer("left", Activation(.tanh), inputs: ["a"]),
        Layer("right", Activation(.silu), inputs: ["b"]),
        Layer("sum", Arithmetic(.multiply), inputs: ["left", "right"]),
      ], outputs: ["sum"])
  }
}
