import FeatureVisualization

/// Two inputs optimised at once, a photo and what an attention looks like, each by a recipe of its own.
func drawTwoInputs() throws {
  let layers = try [
    Layer("mask", Activation(.sigmoid), inputs: ["attention"]),
    Layer("seen", Arithmetic(.multiply), inputs: ["picture", "mask"]),
    Layer(
      "edges", Convolution(weights: Tensor(shape: [1, 1, 2, 3], elements: [1, 1, 1, -1, -1, -1])),
      inputs: ["seen"]),
  ]
  let network = try NeuralNetwork(
    layout: .channelsLast,
    inputs: [
      NetworkInput(
        "picture", shape: [nil, 12, 12, 3], channelAxis: 3, specification: InputSpecification()),
      NetworkInput(
        "attention", shape: [nil, 12, 12, 1], channelAxis: 3,
        specification: InputSpecification(channelOrder: .gray, valueRange: -3...3)),
    ], layers: layers, outputs: ["edges"])
  let recipe = smallSteps(30).with(\.inputs, ["attention": smallSteps(30)])
  let drawn = try network.visualizeActivationWithLosses(
    ActivationMaximization(layer: "edges") + TotalVariation().of(input: "attention"), preset: recipe
  )
  expect(drawn.scores[0] > drawn.history[0].objectives[0], "both inputs raise the unit")
  expect(drawn[input: "attention"]?.pictures.shape == [1, 12, 12, 1], "inputs have names")
}
