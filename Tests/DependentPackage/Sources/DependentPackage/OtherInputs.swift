import FeatureVisualization

/// A network of one layer, tanh, for inputs that are no colours.
private func network(_ input: NetworkInput, weights shape: [Int]) throws -> NeuralNetwork {
  var generator = SeededGenerator(seed: 8)
  let weights = Tensor(
    shape: shape, elements: (0..<shape.reduce(1, *)).map { _ in 0.2 * Float(generator.normal()) })
  return try NeuralNetwork(
    layout: .channelsLast, inputs: [input],
    layers: [
      Layer(
        "y",
        Convolution(
          weights: weights, stride: shape.dropFirst().dropLast().map { _ in 1 },
          dilation: shape.dropFirst().dropLast().map { _ in 1 },
          padding: .none(axes: shape.count - 2), activation: .tanh),
        inputs: [input.name])
    ], outputs: ["y"])
}

/// Bands of a satellite: any recipe draws them, and chosen ones are shown as red, green and blue.
func drawFourBands() throws {
  let bands: InputSpecification.ChannelOrder = .named(["B2", "B3", "B4", "B8"])
  let network = try network(
    NetworkInput(
      "scene", shape: [nil, 16, 16, 4], channelAxis: 3,
      specification: InputSpecification(channelOrder: bands, mean: [0.1, 0.1, 0.1, 0.3])),
    weights: [3, 3, 3, 4])
  let drawn = try network.visualizeActivation(of: "y", units: [1], iterations: 40)
  expect(drawn.pictures.shape == [1, 16, 16, 4], "a picture has the input's channels")
  expect(drawn.scores[0] > drawn.history[0].objectives[0], "a recipe made for colours serves bands")
  let infrared = try drawn.picture(0, showing: ["B8", "B4", "B3"])
  expect(infrared.shape == [1, 16, 16, 3], "three bands are colours")
  expect(infrared[0, 5, 6, 0] == drawn.pictures[0, 5, 6, 3], "the infrared one is the red one")
  do {
    _ = try drawn.picture(0, showing: ["B9"])
    expect(false, "there is no such band")
  } catch {
    expect("\(error)".contains("did you mean 'B2'"), "what is meant is told")
  }
}

/// Forty channels that nobody has named.
func drawFortyChannels() throws {
  let network = try network(
    NetworkInput(
      "x", shape: [nil, 10, 10, 40], channelAxis: 3,
      specification: InputSpecification(channelOrder: .unnamed(40))),
    weights: [2, 3, 3, 40])
  for preset in [Preset.lucid, .kerasVis, .erhan] {
    let drawn = try network.visualizeActivation(
      of: "y", units: [0], preset: preset, iterations: 10)
    expect(drawn.pictures.shape == [1, 10, 10, 40], "\(preset.name) draws forty channels")
    expect(drawn.channels.map(\.name).last == "39", "they are called by their numbers")
  }
}

/// A signal of two channels is a picture of one row.
func drawSignal() throws {
  let network = try network(
    NetworkInput(
      "x", shape: [nil, 64, 2], channelAxis: 2,
      specification: InputSpecification(
        channelOrder: .named(["left", "right"]), valueRange: -1...1)),
    weights: [3, 7, 2])
  let drawn = try network.visualizeActivation(of: "y", units: [2], iterations: 40)
  expect(drawn.pictures.shape == [1, 1, 64, 2], "a signal is a picture of one row")
  let signal = drawn.pictures.reshaped(to: [1, 64, 2])
  let mean =
    try network.evaluate(signal, at: "y").elements.enumerated()
    .reduce(Float(0)) { $1.offset % 3 == 2 ? $0 + $1.element : $0 } / 58
  expect(abs(mean - drawn.scores[0]) < 1e-4, "signals are handed in as they are")
}

/// A second input holds one value for a whole batch, also with several views of each picture.
func holdOneValue() throws {
  let network = try NeuralNetwork(
    layout: .channelsLast,
    inputs: [
      NetworkInput(
        "picture", shape: [nil, 8, 8, 3], channelAxis: 3, specification: InputSpecification()),
      NetworkInput("gain", shape: [nil, 8, 8, 3], channelAxis: 3),
    ],
    layers: [Layer("y", Arithmetic(.multiply), inputs: ["picture", "gain"])], outputs: ["y"])
  var recipe = smallSteps(5)
  (recipe.views, recipe.viewsAtOnce) = (2, 2)
  let gain = Tensor(shape: [8, 8, 3], repeating: 2)
  let drawn = try network.visualizeActivation(
    of: "y", eachOf: [[0], [1], [2]], preset: recipe.with(\.heldInputs, ["gain": gain]))
  expect(drawn.scores.count == 3 && drawn.scores.allSatisfy { $0 > 1 }, "one value serves all")
}

/// One grey picture for a network of colours.
func drawInGray() throws {
  var recipe = smallSteps(5)
  recipe.parameterization = Grayscale(of: Fourier())
  let drawn = try smallNetwork.visualizeActivation(of: "c", units: [1], preset: recipe)
  let colors = drawn.pictures.elements
  expect(
    stride(from: 0, to: colors.count, by: 3).allSatisfy { colors[$0] == colors[$0 + 2] },
    "each colour is the same")
  let gray = Tensor(shape: [1, 12, 12, 1], elements: (0..<144).map { colors[3 * $0] })
  let alike =
    try smallNetwork.evaluate(gray, at: "c") == smallNetwork.evaluate(drawn.pictures, at: "c")
  expect(alike, "grey pictures are taken as equal colours")
}
