import CFVKernels
import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects both kinds of arithmetic, on every instruction set that this processor has.
@Suite(.serialized) struct FastArithmeticTests {
  @Test(arguments: TensorLayout.both)
  func plainAndFastAgree(layout: TensorLayout) throws {
    let network = try SampleNetworks.everyKernel(layout)
    var tensors = SeededTensors(seed: 6)
    let input = ["x": tensors.uniform([1, 45, 38, 3])]
    let runs = try [Program.Arithmetic.plain, .fast].map {
      try EngineRun(
        network, input, taps: SampleNetworks.everyKernelTaps, options: .init(arithmetic: $0))
    }
    for (plain, fast) in zip(runs[0].taps, runs[1].taps) {
      #expect(DoubleTensor(fast).largestRelativeError(from: DoubleTensor(plain)) < 1e-5)
    }
    for (name, plain) in runs[0].gradients {
      let fast = try #require(runs[1].gradients[name])
      #expect(DoubleTensor(fast).relativeL2Error(from: DoubleTensor(plain)) < 1e-5)
    }
  }

  /// Protects the tiles of narrower vectors, which this processor would never choose by itself.
  ///
  /// They are chosen for a process, so the test has one to itself: others compare results to the last bit.
  @Test func everyInstructionSetAgrees() async {
    await #expect(processExitsWith: .success) {
      for tiles in 0..<cfv_tiles_count() {
        cfv_choose_tiles(tiles)
        for operation in ConvolutionTests.pointwise + ConvolutionTests.filtered.prefix(8) {
          try operation.check(.channelsLast)
        }
      }
    }
  }

  /// Protects programs of one network that hold its weights once in the order that products need.
  @Test func programsShareWeights() throws {
    let weights = Tensor.weights([40, 3, 3, 40])
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 20, 20, 40], .channelsLast)],
      layers: [Layer("c", Convolution(weights: weights), inputs: ["x"])], outputs: ["c"])
    func program(_ side: Int) throws -> Program {
      try Program(network, inputShapes: ["x": [1, side, side, 40]], taps: ["c"])
    }
    let first = try program(20)
    let count = weights.derivedCount
    #expect(count == 2, "one for each way")
    let second = try program(24)
    #expect(weights.derivedCount == count)
    withExtendedLifetime((first, second)) {}
  }

  /// Protects the time and memory of forward passes alone: no weights are made for the way back.
  @Test func forwardPassesMakeNoWeightsForTheWayBack() throws {
    let weights = Tensor.weights([40, 3, 3, 40])
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 20, 20, 40], .channelsLast)],
      layers: [Layer("c", Convolution(weights: weights), inputs: ["x"])], outputs: ["c"])
    let program = try Program(
      network, inputShapes: ["x": [1, 20, 20, 40]], taps: ["c"],
      options: .init(differentiatedInputs: []))
    #expect(weights.derivedCount == 1)
    withExtendedLifetime(program) {}
  }

  /// Protects weights that are written while a program still holds what was made of the old ones.
  @Test func weightsWrittenLaterAreMadeAnew() throws {
    var weights = Tensor.weights([40, 3, 3, 40])
    func program(_ weights: Tensor) throws -> Program {
      let network = try NeuralNetwork(
        layout: .channelsLast, inputs: [.map("x", [1, 20, 20, 40], .channelsLast)],
        layers: [Layer("c", Convolution(weights: weights), inputs: ["x"])], outputs: ["c"])
      return try Program(network, inputShapes: ["x": [1, 20, 20, 40]], taps: ["c"])
    }
    func sum(_ program: Program) throws -> Float {
      let workspace = try Workspace(program)
      workspace.setInput("x", to: Tensor(shape: [1, 20, 20, 40], repeating: 1))
      workspace.forward()
      return workspace.tap(0)[0, 10, 10, 7]
    }
    let first = try program(weights)
    let before = try sum(first)
    weights.withUnsafeMutableBufferPointer { for i in $0.indices { $0[i] *= 2 } }
    #expect(abs(try sum(try program(weights)) - 2 * before) <= 1e-3 * abs(before))
    #expect(try sum(first) == before)
  }

  /// Protects memory: what nobody uses any more is let go.
  @Test func weightsAreLetGo() throws {
    let weights = Tensor.weights([40, 3, 3, 40])
    do {
      let network = try NeuralNetwork(
        layout: .channelsLast, inputs: [.map("x", [1, 20, 20, 40], .channelsLast)],
        layers: [Layer("c", Convolution(weights: weights), inputs: ["x"])], outputs: ["c"])
      _ = try Program(network, inputShapes: ["x": [1, 20, 20, 40]], taps: ["c"])
    }
    #expect(weights.derivedCount == 0)
  }
}
