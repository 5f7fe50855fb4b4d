import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects dense weights in half precision: how far results are off, and numbers that halves cannot hold.
@Suite(.serialized) struct HalfDenseTests {
  static let half = Program.Options(denseWeights: .float16)

  /// One dense layer on `x`, `[rows, width]`.
  static func network(_ weights: Tensor) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [NetworkInput("x", shape: [1, weights.shape[1]], channelAxis: nil)],
      layers: [Layer("dense", Dense(weights: weights), inputs: ["x"])], outputs: ["dense"])
  }

  /// Weights as a program holds them: what the layer makes of inputs that are 1 once.
  static func stored(_ weights: [Float]) throws -> [Float] {
    let network = try network(Tensor(shape: [1, weights.count], elements: weights))
    let workspace = try Workspace(
      try Program(
        network, inputShapes: ["x": [1, weights.count]], taps: ["dense"] as [LayerID], options: half
      ))
    return weights.indices.map { index in
      var input = Tensor(shape: [1, weights.count])
      input[0, index] = 1
      workspace.setInput("x", to: input)
      workspace.forward()
      return workspace.tap(0)[0, 0]
    }
  }

  @Test func roundsToTheNearest() throws {
    // Between 1 and 2 halves are 2⁻¹⁰ apart; ties go to even ones.
    let tie = Float(0x1p-11)
    let weights = [1, 1 + tie, 1 + 3 * tie, 1 + 1.1 * tie, -1 - tie, -1 - 3 * tie, 0, -0.5, 1.75]
    let expected: [Float] = [
      1, 1, 1 + 4 * tie, 1 + 2 * tie, -1, -1 - 4 * tie, 0, -0.5, 1.75,
    ]
    #expect(try Self.stored(weights) == expected)
  }

  /// Protects weights that no half is as large or as small as: a unit's largest decides.
  @Test(arguments: [1e-30, 1e-20, 1e-5, 0.03, 1, 7e4, 1e20, 3e38] as [Float])
  func everySizeFits(largest: Float) throws {
    var tensors = SeededTensors(seed: 4)
    var weights = tensors.uniform([1, 77]).elements.map { Float($0) * largest }
    weights[5] = largest
    weights[6] = largest * 0x1p-20
    weights[7] = largest * 0x1p-60
    for (weight, stored) in zip(weights, try Self.stored(weights)) {
      #expect(abs(weight - stored) <= max(abs(weight) * 0x1p-11, largest * 0x1p-39))
    }
  }

  /// Protects the sums: with weights that halves hold exactly the results are those of floats, to the bit.
  @Test(arguments: [1, 2, 4, 5, 32, 33]) func exactWeightsGiveTheSameBytes(rows: Int) throws {
    var tensors = SeededTensors(seed: 8)
    let coarse = tensors.uniform([23, 151], in: -1024...1024)
    let weights = Tensor(
      shape: coarse.shape, elements: coarse.elements.map { Float($0.rounded()) / 4096 })
    let network = try Self.network(weights)
    let input = ["x": tensors.uniform([rows, 151])]
    let single = try EngineRun(network, input, taps: ["dense"])
    let half = try EngineRun(network, input, taps: ["dense"], options: Self.half)
    #expect(single == half)
  }

  /// Protects the accuracy that the documentation states, through several layers and an activation.
  @Test(arguments: [1, 3, 8]) func agreesWithTheInterpreter(rows: Int) throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [NetworkInput("x", shape: [1, 5000], channelAxis: nil)],
      layers: [
        Layer(
          "hidden",
          Dense(weights: .weights([300, 5000], in: -0.02...0.02), bias: .weights([300])),
          inputs: ["x"]),
        Layer("tanh", Activation(.tanh), inputs: ["hidden"]),
        Layer("scores", Dense(weights: .weights([11, 300], in: -0.1...0.1)), inputs: ["tanh"]),
      ], outputs: ["scores"])
    var tensors = SeededTensors(seed: 3)
    let inputs = ["x": tensors.uniform([rows, 5000])]
    let program = try Program(
      network, inputShapes: inputs.mapValues(\.shape), taps: ["scores"] as [LayerID],
      options: Self.half)
    let seed = tensors.uniform([rows, 11])
    let run = try EngineRun(Workspace(program), inputs, seeds: [seed])
    let reference = try ReferenceInterpreter(network).evaluate(inputs, taps: ["scores"])
    let value = try reference.value(of: "scores")
    let gradient = try reference.gradient(of: ["scores": seed], withRespectTo: "x")
    #expect(DoubleTensor(run.taps[0]).largestRelativeError(from: value) <= 5e-4)
    #expect(
      DoubleTensor(try #require(run.gradients["x"])).relativeL2Error(from: gradient) <= 5e-4)
    // Rounding is there at all.
    #expect(DoubleTensor(run.taps[0]).largestRelativeError(from: value) > 1e-6)
  }

  @Test func threadCountChangesNoByte() throws {
    let threads = WorkerPool.threadCount
    defer { WorkerPool.threadCount = threads }
    let network = try Self.network(.weights([700, 4500]))
    var tensors = SeededTensors(seed: 6)
    let input = ["x": tensors.uniform([2, 4500])]
    let runs = try [1, 2, 4].map { count in
      WorkerPool.threadCount = count
      return try EngineRun(network, input, taps: ["dense"], options: Self.half)
    }
    #expect(runs[0] == runs[1] && runs[0] == runs[2])
  }
}
