import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects choices by a condition, constant or not, and gradients that go where the elements came from.
@Suite struct WhereTests {
  @Test(arguments: TensorLayout.both)
  func agreesWithInterpreter(layout: TensorLayout) throws {
    let shapes: [([Int], [Int], [Int])] = [
      ([2, 3, 4, 5], [2, 3, 4, 5], [2, 3, 4, 5]), ([1, 3, 4, 1], [2, 1, 1, 5], [2, 3, 4, 5]),
      ([2, 3, 4, 5], [], [1, 1, 1, 5]), ([5], [3, 5], []), ([1, 40, 41, 1], [1, 1, 1, 12], []),
    ]
    for (condition, first, second) in shapes {
      try check(condition, first, second, layout)
    }
  }

  private func check(_ condition: [Int], _ first: [Int], _ second: [Int], _ layout: TensorLayout)
    throws
  {
    let network = try NeuralNetwork(
      layout: layout,
      inputs: [
        .map("condition", condition, layout), .map("first", first, layout),
        .map("second", second, layout),
      ],
      layers: [
        // Half of the conditions are 0.
        Layer("positive", Activation(.relu), inputs: ["condition"]),
        Layer("left", Activation(.softplus), inputs: ["first"]),
        Layer("right", Activation(.softplus), inputs: ["second"]),
        Layer("y", Where(), inputs: ["positive", "left", "right"]),
      ], outputs: ["y"])
    var tensors = SeededTensors(seed: 2)
    let inputs = [
      "condition": tensors.uniform(condition), "first": tensors.uniform(first),
      "second": tensors.uniform(second),
    ]
    try expectAgreement(network, inputs, taps: ["y"])
    try expectAgreement(network, inputs, taps: ["y", "positive", "left", "right"])
  }

  /// Protects against computing with what is not chosen, as a product with a mask would.
  @Test func doesNotTouchWhatIsNotChosen() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [1, 2], channelAxis: nil)],
      layers: [
        Layer("condition", Constant(Tensor(shape: [2], elements: [1, 0])), inputs: []),
        Layer("root", MathFunction.squareRoot, inputs: ["x"]),
        Layer("y", Where(), inputs: ["condition", "root", "x"]),
      ], outputs: ["y"])
    let x = ["x": DoubleTensor(shape: [1, 2], elements: [4, -9])]
    let run = try EngineRun(network, x, taps: ["y"])
    #expect(run.taps[0].elements == [2, -9])
  }
}
