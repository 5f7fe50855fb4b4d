import CFVKernels
import FeatureVisualizationTestSupport
import Testing

@testable import ConvolutionalNetworks

/// Protects the bits that tell where gradients pass an activation: they stand for the results, which are gone.
@Suite struct GateBitsTests {
  /// A convolution with an activation, by each of the products.
  struct Case: Sendable, CustomTestStringConvertible {
    let shape: [Int]
    let outputs: Int
    let kernel: Int
    var stride = 1
    var function: ActivationFunction = .relu

    var testDescription: String { "\(shape), \(outputs), \(kernel), \(stride), \(function)" }

    /// The result is read by a convolution, as part of a concatenation, and added to a sum that is activated, too.
    var network: NeuralNetwork {
      get throws {
        let channels = shape[3]
        return try NeuralNetwork(
          layout: .channelsLast, inputs: [.map("x", shape, .channelsLast)],
          layers: [
            Layer(
              "conv",
              Convolution(
                weights: .weights([outputs, kernel, kernel, channels], in: -0.3...0.3),
                bias: .weights([outputs], seed: 2), stride: [stride, stride],
                padding: .uniform(kernel / 2)),
              inputs: ["x"]),
            Layer("conv/act", Activation(function), inputs: ["conv"]),
            Layer("next", .convolution(outputs, outputs, kernel: 1), inputs: ["conv/act"]),
            Layer("sum", Arithmetic(.add), inputs: ["next", "conv/act"]),
            Layer("sum/act", Activation(function), inputs: ["sum"]),
            Layer("joined", Concatenation(axis: 3), inputs: ["sum/act", "conv/act"]),
            Layer("last", .convolution(2 * outputs, 9, kernel: 3), inputs: ["joined"]),
          ], outputs: ["last"])
      }
    }

    var input: [String: DoubleTensor] {
      var tensors = SeededTensors(seed: 5)
      return ["x": tensors.spaced(shape, in: -2...2)]
    }
  }

  /// Words that are full and that are not, rows that are listed by their numbers, every product each way.
  static let cases = [
    Case(shape: [2, 9, 11, 24], outputs: 20, kernel: 1),
    Case(shape: [1, 12, 12, 32], outputs: 96, kernel: 1),
    Case(shape: [1, 16, 18, 24], outputs: 37, kernel: 3),
    Case(shape: [1, 15, 17, 24], outputs: 70, kernel: 3, stride: 2),
    Case(shape: [2, 13, 12, 7], outputs: 21, kernel: 3, stride: 2),
    Case(shape: [1, 14, 14, 16], outputs: 64, kernel: 5),
    Case(shape: [1, 12, 10, 3], outputs: 33, kernel: 7),
    Case(shape: [1, 12, 12, 16], outputs: 48, kernel: 1, function: .relu6),
    Case(
      shape: [1, 16, 16, 16], outputs: 32, kernel: 3,
      function: .clip(minimum: -0.25, maximum: 0.5)),
    Case(shape: [1, 9, 11, 24], outputs: 20, kernel: 3, function: .leakyReLU(slope: 0.2)),
  ]

  @Test(arguments: cases)
  func agreesWithInterpreter(_ example: Case) throws {
    try expectAgreement(example.network, example.input, taps: ["last"])
  }

  /// Protects memory: results whose bits are kept do not have to outlive their readers. A leaky ReLU scales what it does
  /// not pass, which a bit cannot tell.
  @Test(arguments: cases)
  func resultsAreNotKept(_ example: Case) throws {
    let program = try Program(
      example.network, inputShapes: ["x": example.shape], taps: ["last"])
    let kernels = program.steps.compactMap { $0.kernel as? ProductConvolutionKernel }
    let activated = kernels.filter { !$0.epilogue.isOpen }
    #expect(activated.count == 2)
    let isLeaky = if case .leakyReLU = example.function { true } else { false }
    for kernel in activated {
      #expect(kernel.pullbackReads.contains(.outputs) == isLeaky)
      #expect((kernel.stateCount == 0) == isLeaky)
    }
  }

  /// Protects vectors whose lanes are fewer than a word's bits, which this processor would never choose by itself.
  @Test func everyInstructionSetKeepsTheSameBits() async {
    await #expect(processExitsWith: .success) {
      for example in Self.cases {
        let plain = try EngineRun(
          example.network, example.input, taps: ["last"], options: .init(arithmetic: .plain))
        for tiles in 0..<cfv_tiles_count() {
          cfv_choose_tiles(tiles)
          let fast = try EngineRun(example.network, example.input, taps: ["last"])
          let gradient = try #require(fast.gradients["x"])
          let expected = DoubleTensor(try #require(plain.gradients["x"]))
          try #require(DoubleTensor(gradient).relativeL2Error(from: expected) < 1e-5)
        }
      }
    }
  }

  /// Protects programs that nobody differentiates from keeping bits that nobody reads.
  @Test func forwardPassesKeepNoBits() throws {
    let example = Self.cases[0]
    let program = try Program(
      example.network, inputShapes: ["x": example.shape], taps: ["last"],
      options: .init(differentiatedInputs: []))
    #expect(program.steps.allSatisfy { $0.kernel.stateCount == 0 })
  }
}
