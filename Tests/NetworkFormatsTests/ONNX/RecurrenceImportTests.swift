import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

@testable import NetworkFormats

/// Protects what recurrent nodes say beside their weights, and what cannot be read of them.
@Suite("ONNX: recurrent layers")
struct RecurrenceImportTests {
  /// A node over `[steps, 3, 2]`, or `[3, steps, 2]` with layout 1, of 4 units.
  private static func model(
    _ name: String, gates: Int64, directions: Int64 = 1, inputs: [String] = [],
    _ attributes: [String: AttributeValue] = [:],
    _ fill: (inout ModelBuilder) -> Void = { _ in }
  ) -> ModelBuilder {
    var source = SeededTensors(seed: 3)
    func numbers(_ shape: [Int64]) -> [Float] {
      Tensor(source.uniform(shape.map { Int($0) })).elements
    }
    return .single(
      name, shape: [5, 3, 2], others: ["w", "r", "b"] + inputs, attributes
    ) {
      for (tensor, shape) in [
        ("w", [directions, gates * 4, 2]), ("r", [directions, gates * 4, 4]),
        ("b", [directions, gates * 8]), ("p", [directions, 12]),
      ] as [(String, [Int64])] {
        $0.floats(tensor, shape, numbers(shape))
      }
      fill(&$0)
    }
  }

  private static func outputs(_ network: NeuralNetwork) throws -> [Tensor] {
    var source = SeededTensors(seed: 8)
    return try LogicalRun(network, ["x": Tensor(source.uniform([5, 3, 2]))]).outputs
  }

  /// Protects writing: a network that was written and read again computes the same.
  @Test func surviveBeingWritten() throws {
    let scaled: [String: AttributeValue] = [
      "activations": .strings(["HardSigmoid", "ScaledTanh", "Affine"]),
      "activation_alpha": .floats([0.3, 1.2, 0.8]), "activation_beta": .floats([0.4, 0.6, 0.1]),
    ]
    for model in [
      Self.model("LSTM", gates: 4), Self.model("LSTM", gates: 4, ["layout": 1, "clip": 0.5]),
      Self.model("LSTM", gates: 4, inputs: ["", "", "", "p"], ["input_forget": 1]),
      Self.model("LSTM", gates: 4, directions: 2, ["direction": "bidirectional"]),
      Self.model("LSTM", gates: 4, scaled),
      Self.model("LSTM", gates: 4, inputs: ["", "h", "c"]) {
        $0.floats("h", [1, 3, 4], (0..<12).map { Float($0) / 12 })
        $0.floats("c", [1, 3, 4], (0..<12).map { 1 - Float($0) / 12 })
      },
      Self.model("GRU", gates: 3, ["direction": "reverse"]),
      Self.model("GRU", gates: 3, ["linear_before_reset": 1]),
      Self.model("RNN", gates: 1, ["activations": .strings(["LeakyRelu"])]),
    ] {
      let network = try model.load().network
      let written = try ONNXFile.model(of: network, file: "written")
      let read = try ONNXFile.load(
        written, path: "written", folder: .temporaryDirectory, constants: [:]
      ).network
      let (before, after) = (try Self.outputs(network), try Self.outputs(read))
      #expect(before.map(\.shape) == after.map(\.shape))
      for (before, after) in zip(before, after) {
        let error = DoubleTensor(after).largestRelativeError(from: DoubleTensor(before))
        #expect(error <= 1e-6)
      }
    }
  }

  /// Protects the other outputs, each by itself: the node's last state, and its last cell.
  @Test func outputsAreTakenOneByOne() throws {
    var model = Self.model("LSTM", gates: 4)
    model.model.graph.node[0].output = ["", "", "y"]
    let cell = try Self.outputs(try model.load().network)
    model.model.graph.node[0].output = ["", "y"]
    let state = try Self.outputs(try model.load().network)
    #expect(cell[0].shape == [1, 3, 4] && state[0].shape == [1, 3, 4])
    #expect(cell != state)
  }

  /// Protects against what is not read: each is told by its own reason.
  @Test func refusals() throws {
    func problem(_ model: ModelBuilder) -> ONNXError.Problem? {
      do {
        _ = try model.load()
        return nil
      } catch { return (error as ONNXError).problem }
    }
    let lengths = Self.model("GRU", gates: 3, inputs: ["n"]) { $0.integers("n", [5, 4, 5]) }
    #expect(problem(lengths) == .unsupported("sequences of several lengths, [5, 4, 5]"))
    let function = Self.model("RNN", gates: 1, ["activations": .strings(["Swish"])])
    #expect(problem(function) == .unsupportedAttribute("activations", value: "'Swish'"))
    let direction = Self.model("RNN", gates: 1, ["direction": "up"])
    #expect(problem(direction) == .unsupportedAttribute("direction", value: "'up'"))
    let halved = Self.model("RNN", gates: 1, ["direction": "bidirectional"])
    #expect(
      problem(halved) == .unsupported("weights of shape [1, 4, 2] for 2 directions"))
    let few = Self.model("LSTM", gates: 4, ["activations": .strings(["Tanh"])])
    #expect(
      problem(few) == .invalidAttribute("activations", reason: "1, of which a direction has 3"))
  }
}
