import ConvolutionalNetworks
import Testing

/// Protects users from networks that cannot be right: one clear error, never a trap.
@Suite struct ValidationTests {
  private let relu = Activation(.relu)

  private func network(_ layers: [Layer], outputs: [String] = []) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 4], .channelsLast)], layers: layers,
      outputs: outputs)
  }

  @Test func sortsLayers() throws {
    let network = try network([
      Layer("c", relu, inputs: ["b"]), Layer("a", relu, inputs: ["x"]),
      Layer("b", relu, inputs: ["a"]), Layer("d", relu, inputs: ["x"]),
    ])
    #expect(network.layers.map(\.name) == ["a", "b", "c", "d"])
  }

  @Test func refusesDuplicateNames() {
    #expect(throws: VisualizationError.duplicateName("a")) {
      try network([Layer("a", relu, inputs: ["x"]), Layer("a", relu, inputs: ["x"])])
    }
    #expect(throws: VisualizationError.duplicateName("v")) {
      try network([
        Layer("a", relu, inputs: ["x"], outputs: ["v"]),
        Layer("b", relu, inputs: ["x"], outputs: ["v"]),
      ])
    }
    #expect(throws: VisualizationError.duplicateName("x")) {
      try network([Layer("x", relu, inputs: ["x"])])
    }
    #expect(throws: VisualizationError.duplicateName("a")) {
      try network([
        Layer("a", relu, inputs: ["x"], outputs: ["v"]),
        Layer("a", relu, inputs: ["x"], outputs: ["w"]),
      ])
    }
  }

  @Test func refusesValuesThatNothingWrites() {
    #expect(throws: VisualizationError.undefinedValue("y", layer: "a")) {
      try network([Layer("a", relu, inputs: ["y"])])
    }
    #expect(throws: VisualizationError.undefinedValue("z", layer: "(outputs)")) {
      try network([Layer("a", relu, inputs: ["x"])], outputs: ["z"])
    }
  }

  @Test func refusesCycles() {
    #expect(throws: VisualizationError.cycle(layers: ["a", "b"])) {
      try network([
        Layer("a", Arithmetic(.add), inputs: ["x", "b"]), Layer("b", relu, inputs: ["a"]),
        Layer("c", relu, inputs: ["x"]),
      ])
    }
    #expect(throws: VisualizationError.cycle(layers: ["a"])) {
      try network([Layer("a", relu, inputs: ["a"])])
    }
  }

  @Test func refusesWrongNumbersOfInputs() {
    #expect(
      throws: VisualizationError.inputCount(
        layer: "a", operation: "Add", expected: 2...2, actual: 1)
    ) {
      try network([Layer("a", Arithmetic(.add), inputs: ["x"])])
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func refusesWeightsThatAreNotFinite(_ number: Float) throws {
    var weights = Tensor.weights([3, 4])
    weights[1, 2] = number
    #expect(throws: VisualizationError.nonFiniteWeight(layer: "a", parameter: "weights")) {
      try network([Layer("a", Dense(weights: weights), inputs: ["x"])])
    }
    let bias = Tensor(shape: [3], elements: [0, 0, number])
    #expect(throws: VisualizationError.nonFiniteWeight(layer: "a", parameter: "bias")) {
      try network([Layer("a", Dense(weights: .weights([3, 4]), bias: bias), inputs: ["x"])])
    }
    let slopes = Activation(.parametricReLU(slopes: Tensor(shape: [1], repeating: number)))
    #expect(throws: VisualizationError.nonFiniteWeight(layer: "a", parameter: "slopes")) {
      try network([Layer("a", slopes, inputs: ["x"])])
    }
  }

  /// Protects the message that finds a typing error.
  @Test func unknownLayersSuggestTheNearestNames() throws {
    let network = try network([
      Layer("loss3/classifier", relu, inputs: ["x"]), Layer("prob", relu, inputs: ["x"]),
      Layer("pool", relu, inputs: ["x"], outputs: ["pool:0"]),
    ])
    #expect(throws: VisualizationError.unknownLayer("prop", nearest: ["prob", "pool"])) {
      try network.layer("prop")
    }
    #expect(throws: VisualizationError.unknownLayer("classifier", nearest: ["loss3/classifier"])) {
      try network.layer("classifier")
    }
    #expect(throws: VisualizationError.unknownLayer("zzzzzzzz", nearest: [])) {
      try network.layer("zzzzzzzz")
    }
    #expect(throws: VisualizationError.unknownLayer("#3", nearest: ["pool"])) {
      try network.layer(3)
    }
    #expect(throws: VisualizationError.self) { try network.layer(-4) }
    #expect(try network.layer(-1).name == "pool")
    #expect(try network.layer(-3).name == "loss3/classifier")
    #expect(try network.layer("pool:0").name == "pool")
  }

  /// Protects the message that names the layer whose rule the shapes break.
  @Test func shapeErrorsNameTheLayer() throws {
    let network = try network([Layer("a", Dense(weights: .weights([3, 5])), inputs: ["x"])])
    #expect {
      try Program(network, inputShapes: ["x": [1, 4]], taps: ["a"])
    } throws: { error in
      guard case .invalidShape("a", "Dense", [[1, 4]], _) = error as? VisualizationError else {
        return false
      }
      return true
    }
  }
}
