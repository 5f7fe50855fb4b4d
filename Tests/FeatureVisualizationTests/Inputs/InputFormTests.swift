import FeatureVisualizationTestSupport
import Testing

@testable import FeatureVisualization

/// Where pictures meet inputs that are no maps: rows of numbers, and pictures without an axis of channels.
struct InputFormTests {
  private func dense(
    _ input: NetworkInput, _ count: Int, layout: TensorLayout = .channelsLast
  ) throws -> NeuralNetwork {
    var random = SeededTensors(seed: 9)
    return try NeuralNetwork(
      layout: layout, inputs: [input],
      layers: [
        Layer("flat", Flatten(), inputs: ["x"]),
        Layer(
          "y", Dense(weights: Tensor(random.uniform([2, count], in: -0.5...0.5))), inputs: ["flat"]),
      ], outputs: ["y"])
  }

  @Test func `features of names are a pixel of as many channels`() throws {
    let specification = try InputSpecification(
      channelOrder: .named(["age", "height", "weight"]), mean: [0.1, 0.2, 0.3],
      standardDeviation: [1, 2, 3])
    let network = try dense(
      NetworkInput("x", shape: [nil, 3], channelAxis: nil, specification: specification), 3)
    let drawn = try network.visualizeActivation(of: "y", units: [1], preset: .smallSteps(30))
    #expect(drawn.pictures.shape == [1, 1, 1, 3])
    #expect(drawn.channels.map(\.name) == ["age", "height", "weight"])
    let features = drawn.pictures.reshaped(to: [1, 3])
    #expect(try network.evaluate(features, at: "y").elements[1] == drawn.scores[0])
    let form = try InputForm(network.inputs[0], specification.channelOrder)
    let numbers = try form.input(of: drawn.pictures, as: specification)
    #expect(numbers.shape == [1, 3])
    let expected = zip(features.elements, [0, 1, 2]).map { value, channel in
      (value - specification.mean[channel]) / specification.standardDeviation[channel]
    }
    #expect(largestDifference(numbers.elements, expected) < 1e-6)
    #expect(throws: VisualizationError.self) {
      try network.evaluate(Tensor(shape: [1, 4]), at: "y")
    }
    // Every recipe has nothing to transform, and still ascends.
    let lucid = try network.visualizeActivation(of: "y", units: [1], iterations: 20)
    #expect(lucid.scores[0] > lucid.history[0].objectives[0])
  }

  @Test func `a row of numbers is a sequence, or a picture of the size asked for`() throws {
    let gray = try InputSpecification(channelOrder: .gray)
    let network = try dense(
      NetworkInput("x", shape: [nil, 12], channelAxis: nil, specification: gray), 12)
    func shape(_ size: InputSize?) throws -> [Int] {
      try network.visualizeActivation(
        of: "y", units: [0], preset: .smallSteps(1).with(\.size, size)
      ).pictures.shape
    }
    #expect(try shape(nil) == [1, 1, 12, 1])
    #expect(try shape(InputSize(height: 3, width: 4)) == [1, 3, 4, 1])
    #expect(throws: VisualizationError.self) { try shape(InputSize(height: 4, width: 4)) }
    let color = try network.specifying(try InputSpecification())
    let drawn = try color.visualizeActivation(
      of: "y", units: [0], preset: .smallSteps(1).with(\.size, 2))
    #expect(drawn.pictures.shape == [1, 2, 2, 3])
    let error = #expect(throws: VisualizationError.self) {
      try color.visualizeActivation(of: "y", units: [0], preset: .smallSteps(1))
    }
    #expect("\(String(describing: error))".contains("say the height and width"))
  }

  /// Protects grey pictures of three axes in files of either layout: rows are rows.
  @Test(arguments: [TensorLayout.channelsLast, .channelsFirst])
  func `a picture without an axis of channels`(layout: TensorLayout) throws {
    let gray = try InputSpecification(channelOrder: .gray, mean: [0.5])
    let network = try dense(
      NetworkInput(
        "x", shape: [nil, 4, 5], channelAxis: layout == .channelsFirst ? 1 : 2,
        specification: gray), 20, layout: layout)
    let drawn = try network.visualizeActivation(of: "y", units: [0], preset: .smallSteps(3))
    #expect(drawn.pictures.shape == [1, 4, 5, 1])
    let picture = Tensor(shape: [1, 4, 5], elements: (0..<20).map { Float($0 * 7 % 20) / 20 })
    let evaluation = try ObjectiveEvaluator(
      network, ActivationMaximization(layer: "y", units: [0])
    ).evaluate(at: picture)
    // A dense layer's weights are the gradient, in the file's own order: rows of columns.
    let weights = (network.layers[1].operation as? Dense)?.weights.elements ?? []
    #expect(largestDifference(evaluation.gradient.elements, Array(weights.prefix(20))) < 1e-6)
    let value = zip(picture.elements, weights).reduce(0) { $0 + ($1.0 - 0.5) * $1.1 }
    #expect(abs(evaluation.values[0] - value) < 1e-5)
  }

  @Test func `channels that disagree with the input are named`() throws {
    func form(_ shape: [Int?], _ axis: Int?, _ order: InputSpecification.ChannelOrder) throws
      -> InputForm
    {
      try InputForm(NetworkInput("x", shape: shape, channelAxis: axis), order)
    }
    for (shape, axis, order) in [
      ([nil, 8, 8, 4], 3, .rgb), ([nil, 8, 8, 3], 3, .unnamed(4)), ([nil, 8, 4], 2, .unnamed(3)),
      ([nil, 8, 8, 8, 8, 3], 5, .rgb), ([nil, nil, 8, 8, 3], 4, .rgb), ([nil], nil, .gray),
    ] as [([Int?], Int?, InputSpecification.ChannelOrder)] {
      let error = #expect(throws: VisualizationError.self) { try form(shape, axis, order) }
      #expect("\(String(describing: error))".contains("'x'"))
    }
    #expect(try form([nil, 8, 1], 2, .gray).kind == .signal)
    #expect(try form([nil, 8, 8], 2, .gray).kind == .plane)
    #expect(
      try form([nil, 1, 8], 1, .gray).size() == PictureSize(height: 1, width: 8, channels: 1))
    #expect(
      try form([nil, nil], nil, .unnamed(5)).size() == PictureSize(height: 1, width: 1, channels: 5)
    )
  }
}
