import FeatureVisualizationTestSupport
import Testing

@testable import ConvolutionalNetworks

/// Protects dense layers straight behind rectifiers, whose weights lie by inputs: what is computed without the weights
/// of inputs that are 0 is what all of them would give.
@Suite(.serialized) struct DenseByInputsTests {
  /// Two dense layers behind activations; the values before the first are `x` itself.
  static func network(_ function: ActivationFunction, width: Int = 150, units: Int = 203) throws
    -> NeuralNetwork
  {
    try NeuralNetwork(
      layout: .channelsFirst, inputs: [NetworkInput("x", shape: [1, width], channelAxis: nil)],
      layers: [
        Layer("act", Activation(function), inputs: ["x"]),
        Layer("drop", Identity(kind: "Dropout"), inputs: ["act"]),
        Layer("view", Reshape(to: [0, width]), inputs: ["drop"]),
        Layer(
          "hidden",
          Dense(
            weights: .weights([units, width], in: -0.2...0.2), bias: .weights([units]),
            activation: function), inputs: ["view"]),
        Layer(
          "scores",
          Dense(weights: .weights([11, units], seed: 3, in: -0.2...0.2), bias: .weights([11])),
          inputs: ["hidden"]),
      ], outputs: ["scores"])
  }

  /// The layers of `network` whose weights lie by inputs.
  static func turned(_ network: NeuralNetwork) -> [String] {
    network.layers.filter { ($0.operation as? Dense)?.matrix.liesByInputs == true }.map(\.name)
  }

  static func input(_ shape: [Int]) -> [String: DoubleTensor] {
    var tensors = SeededTensors(seed: 12)
    return ["x": tensors.uniform(shape, in: -2...2)]
  }

  /// Protects few rows, of which one or all may be 0, and products of many; a tap on the activation has the gradient
  /// of closed inputs added to, not written.
  @Test(
    arguments: [1, 2, 3, 5, 32, 33],
    [.relu, .relu6, .clip(minimum: 0, maximum: 1)] as [ActivationFunction])
  func agreesWithTheInterpreter(rows: Int, function: ActivationFunction) throws {
    let network = try Self.network(function)
    #expect(Self.turned(network) == ["hidden", "scores"])
    let input = Self.input([rows, 150])
    try expectAgreement(network, input, taps: ["scores"])
    try expectAgreement(network, input, taps: ["scores", "hidden", "act"])
    try expectAgreement(network, input, taps: ["view", "scores"])
  }

  /// Protects activations that are not 0 or not flat there, and networks in which one has taken a rectifier's place:
  /// weights that lie by inputs are all read.
  @Test(
    arguments: [.leakyReLU(slope: 0.2), .tanh, .clip(minimum: -1, maximum: 1), .softplus]
      as [ActivationFunction])
  func opensOtherActivations(function: ActivationFunction) throws {
    let input = Self.input([2, 150])
    let network = try Self.network(function)
    #expect(Self.turned(network) == [])
    try expectAgreement(network, input, taps: ["scores", "act"])
    let replaced = try Self.network(.relu).replacingActivation(of: "act", with: function)
      .replacingActivation(of: "hidden", with: function)
    #expect(Self.turned(replaced) == ["hidden", "scores"])
    try expectAgreement(replaced, input, taps: ["scores", "act"])
  }

  /// Protects inputs that are 0 by chance, where gradients pass: a layer behind the inputs of the network.
  @Test func zerosOfTheInputAreOpen() throws {
    let network = try Self.network(.relu).replacingActivation(of: "act", with: .linear)
    var input = Self.input([1, 150])
    for index in 0..<75 { input["x"]?.elements[index] = 0 }
    try expectAgreement(network, input, taps: ["scores"])
    let run = try EngineRun(network, input, taps: ["scores"])
    #expect(try #require(run.gradients["x"]).elements.allSatisfy { $0 != 0 })
  }

  /// Protects modifiers that hand gradients down through closed rectifiers.
  @Test(arguments: [1, 3]) func followsModifiers(rows: Int) throws {
    let network = try Self.network(.relu)
    for (rule, modifier) in BackpropModifierTests.rules {
      try expectAgreement(
        network, Self.input([rows, 150]), taps: ["scores", "act"], rule: rule, modifier: modifier)
    }
    let rectified = try EngineRun(
      network, Self.input([1, 150]), taps: ["scores"],
      options: .init(backpropModifier: RectifiedBackprop()))
    let plain = try EngineRun(network, Self.input([1, 150]), taps: ["scores"])
    func open(_ run: EngineRun) -> Int { run.gradients["x"]?.elements.count { $0 != 0 } ?? 0 }
    #expect(open(rectified) > 0 && open(plain) < 100)
  }

  /// Protects the gradient itself: central differences of a score through both layers.
  @Test func centralDifferences() throws {
    let network = try Self.network(.relu, width: 40, units: 50)
    let workspace = try Workspace(
      try Program(network, inputShapes: ["x": [1, 40]], taps: [TapRequest("scores")]))
    let point = try #require(Self.input([1, 40])["x"])
    let numerical = CentralDifferences(step: 1e-3).gradient(at: point) { point in
      workspace.setInput("x", to: Tensor(point))
      workspace.forward()
      return Double(workspace.tap(0)[0, 4])
    }
    var seed = DoubleTensor(shape: [1, 11])
    seed.elements[4] = 1
    let run = EngineRun(workspace, ["x": point], seeds: [seed])
    let gradient = DoubleTensor(try #require(run.gradients["x"]))
    #expect(gradient.relativeL2Error(from: numerical) < 2e-3)
    #expect(gradient.elements.contains(0) && gradient.elements.contains { $0 != 0 })
  }

  /// Protects halves, each input's times a factor of its own: with weights that they hold exactly they give the bytes
  /// of floats, and with others what `HalfDenseTests` allows.
  @Test(arguments: [1, 3]) func halvesLieByInputsToo(rows: Int) throws {
    func network(_ hidden: Tensor) throws -> NeuralNetwork {
      try NeuralNetwork(
        layout: .channelsFirst, inputs: [NetworkInput("x", shape: [1, 151], channelAxis: nil)],
        layers: [
          Layer("act", Activation(.relu), inputs: ["x"]),
          Layer("hidden", Dense(weights: hidden), inputs: ["act"]),
        ], outputs: ["hidden"])
    }
    let input = Self.input([rows, 151])
    let coarse = Tensor.weights([77, 151], in: -1024...1024)
    let exact = try network(
      Tensor(shape: coarse.shape, elements: coarse.elements.map { $0.rounded() / 4096 }))
    #expect(
      try EngineRun(exact, input, taps: ["hidden"])
        == EngineRun(exact, input, taps: ["hidden"], options: HalfDenseTests.half))
    let rounded = try network(.weights([77, 151]))
    let single = try EngineRun(rounded, input, taps: ["hidden"])
    let half = try EngineRun(rounded, input, taps: ["hidden"], options: HalfDenseTests.half)
    let error = DoubleTensor(half.taps[0]).largestRelativeError(from: .init(single.taps[0]))
    #expect(error <= 5e-4 && error > 1e-6)
  }

  @Test func threadCountChangesNoByte() throws {
    let threads = WorkerPool.threadCount
    defer { WorkerPool.threadCount = threads }
    let network = try Self.network(.relu, width: 4500, units: 2100)
    for rows in [1, 2] {
      let runs = try [1, 2, 4].map { count in
        WorkerPool.threadCount = count
        return try EngineRun(network, Self.input([rows, 4500]), taps: ["scores"])
      }
      #expect(runs[0] == runs[1] && runs[0] == runs[2])
    }
  }

  /// Protects layers whose inputs are rarely 0.
  @Test func poolingKeepsWeightsByUnits() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 6, 6, 4], .channelsLast)],
      layers: [
        Layer("relu", Activation(.relu), inputs: ["x"]),
        Layer("pool", .pooling(.maximum, 2), inputs: ["relu"]),
        Layer("flat", Flatten(), inputs: ["pool"]),
        Layer("pooled", Dense(weights: .weights([5, 36])), inputs: ["flat"]),
        Layer("whole", Flatten(), inputs: ["relu"]),
        Layer("direct", Dense(weights: .weights([5, 144])), inputs: ["whole"]),
      ], outputs: ["pooled", "direct"])
    #expect(Self.turned(network) == ["direct"])
    try expectAgreement(network, Self.input([1, 6, 6, 4]), taps: ["pooled", "direct"])
  }
}
