import ConvolutionalNetworks
import Testing

/// Protects classes asked for by name: what matches, and what a person reads when nothing does.
@Suite("Labels") struct LabelTests {
  private func network(_ labels: [String]?) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [nil, 2], channelAxis: nil)],
      layers: [Layer("y", Flatten(), inputs: ["x"])],
      outputs: ["y"], labels: labels)
  }

  /// ImageNet's labels hold several names, and some names stand for two classes.
  private let words = ["tench, Tinca tinca", "water ouzel, dipper", "crane", "crane, lift", "Elk"]

  @Test(arguments: [
    ("tench, Tinca tinca", 0), ("tinca TINCA", 0), ("dipper", 1), ("elk", 4), ("lift", 3),
    ("crane", 2),
  ])
  func aWholeLabelOrOneOfItsNames(label: String, unit: Int) throws {
    #expect(try network(words).unit(labeled: label) == unit)
    #expect(try network(words).unit(.label(label)) == unit)
    #expect(try network(words).unit(.index(unit)) == unit)
  }

  @Test func twoClassesOfOneName() throws {
    #expect(throws: VisualizationError.ambiguousLabel("maillot", units: [0, 1])) {
      try network(["maillot", "maillot"]).unit(labeled: "maillot")
    }
    #expect(throws: VisualizationError.ambiguousLabel("a", units: [0, 1])) {
      try network(["x, a", "y, A"]).unit(labeled: "a")
    }
  }

  @Test func noSuchName() throws {
    #expect(throws: VisualizationError.unknownLabel("diper", nearest: ["dipper"])) {
      try network(words).unit(labeled: "diper")
    }
    #expect(throws: VisualizationError.missingLabels(wanted: "dipper")) {
      try network(nil).unit(labeled: "dipper")
    }
  }

  /// Protects the default target of class visualizations: logits, wherever the softmax is.
  @Test func scoreLayer() throws {
    func network(_ layers: [Layer]) throws -> NeuralNetwork {
      try NeuralNetwork(
        layout: .channelsLast, inputs: [NetworkInput("x", shape: [nil, 2], channelAxis: nil)],
        layers: layers,
        outputs: [layers[layers.count - 1].name])
    }
    let weights = Tensor(shape: [2, 2], elements: [1, 2, 3, 4])
    let dense = Layer("dense", Dense(weights: weights, bias: nil), inputs: ["x"])
    let softmax = Layer("softmax", Activation(.softmax(axis: 1)), inputs: ["dense"])
    let fused = Layer(
      "fused", Dense(weights: weights, bias: nil, activation: .softmax(axis: 1)), inputs: ["x"])
    #expect(try network([dense, softmax]).scoreLayer == "dense")
    #expect(try network([fused]).scoreLayer == "fused")
    #expect(try network([dense]).scoreLayer == "dense")
  }
}
