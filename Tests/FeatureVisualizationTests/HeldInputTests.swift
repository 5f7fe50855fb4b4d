import FeatureVisualization
import Testing

/// A network of several inputs is visualized in one of them while the others hold still.
struct HeldInputTests {
  /// y = tanh(picture · w) + control.
  private func network() throws -> NeuralNetwork {
    let specification = try InputSpecification(valueRange: -1...1)
    return try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput(
          "picture", shape: [1, 3, 6, 6], channelAxis: 1, specification: specification),
        NetworkInput("control", shape: [1, 2, 6, 6], channelAxis: 1, specification: specification),
      ],
      layers: [
        Layer(
          "map",
          Convolution(
            weights: Tensor(shape: [2, 1, 1, 3], elements: [0.3, -0.2, 0.5, -0.4, 0.1, 0.2]),
            activation: .tanh), inputs: ["picture"]),
        Layer("y", Arithmetic(.add), inputs: ["map", "control"]),
      ], outputs: ["y"])
  }

  @Test func `held values reach the score, and the free input is drawn`() throws {
    let preset = Preset.smallSteps(10)
    func draw(_ control: Float) throws -> Visualization {
      try network().visualizeActivation(
        of: "y", units: [1], preset: preset,
        heldInputs: ["control": Tensor(shape: [1, 6, 6, 2], repeating: control)])
    }
    let (zero, three) = (try draw(0), try draw(3))
    #expect(abs(three.scores[0] - zero.scores[0] - 3) < 1e-5)
    #expect(zero.scores[0] > zero.history[0].objectives[0])
    #expect(zero.pictures == three.pictures)
    let control = ["control": Tensor(shape: [1, 6, 6, 2], repeating: 3)]
    let map = try network().evaluate(three.pictures, at: "y", heldInputs: control)
    let mean = (0..<36).reduce(0) { $0 + map.elements[2 * $1 + 1] } / 36
    #expect(abs(mean - three.scores[0]) < 1e-5)
  }

  @Test func `inputs that are neither drawn nor held, or all held, are errors`() throws {
    let network = try network()
    let control = Tensor(shape: [1, 6, 6, 2])
    #expect(throws: VisualizationError.network(.missingInput(name: "control"))) {
      try network.visualizeActivation(of: "y", units: [0])
    }
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivation(
        of: "y", units: [0],
        heldInputs: ["control": control, "picture": Tensor(shape: [1, 6, 6, 3])])
    }
    #expect(throws: VisualizationError.self) {
      try network.visualizeActivation(
        of: "y", units: [0], heldInputs: ["control": Tensor(shape: [1, 6, 6, 3])])
    }
    #expect(
      throws: VisualizationError.invalidArgument("heldInputs", "the network has no input 'contrl'")
    ) {
      try network.visualizeActivation(
        of: "y", units: [0], heldInputs: ["control": control, "contrl": control])
    }
  }
}
