import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import NetworkFormats

/// Protects onnxruntime's own operators: `make_microsoft_fixtures.py` made a model of each, and onnxruntime computed the
/// values.
@Suite("ONNX: operators of onnxruntime")
struct MicrosoftOperatorTests {
  private static let names = [
    "attention", "attention-bias", "attention-causal", "attention-causal-mask",
    "attention-fed-mask", "attention-lengths", "attention-mask", "attention-masks",
    "attention-no-bias", "attention-past", "attention-past-mask", "attention-present",
    "attention-scale", "attention-values", "bias-gelu",
    "embed-layer-normalization", "embed-layer-normalization-places", "fast-gelu",
    "fast-gelu-bias", "fused-conv-clip", "fused-conv-groups", "fused-conv-hard-sigmoid",
    "fused-conv-leaky-relu", "fused-conv-relu", "fused-conv-sigmoid", "fused-conv-sum",
    "fused-conv-tanh", "fused-gemm-hard-sigmoid", "fused-gemm-leaky-relu", "fused-gemm-relu",
    "fused-matmul", "fused-matmul-batches", "fused-matmul-both", "fused-matmul-transposed",
    "fused-matmul-weights", "gelu", "layer-normalization", "multi-head-attention",
    "multi-head-attention-attention-bias", "multi-head-attention-bias",
    "multi-head-attention-causal", "multi-head-attention-fed-mask", "multi-head-attention-heads",
    "multi-head-attention-lengths", "multi-head-attention-mask", "multi-head-attention-packed",
    "multi-head-attention-packed-kv", "multi-head-attention-past",
    "multi-head-attention-past-causal", "quick-gelu", "quick-gelu-alpha",
    "simplified-layer-normalization", "skip-layer-normalization",
    "skip-layer-normalization-plain", "skip-simplified-layer-normalization",
  ]

  /// Every fixture is tested.
  @Test func areAllThere() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder().path)
    let models = files.filter { $0.hasSuffix(".onnx") }.map { String($0.dropLast(5)) }
    #expect(models.sorted() == Self.names.sorted())
  }

  /// The values are onnxruntime's; gradients those of the interpreter, and the interpreter's those of central differences.
  @Test(arguments: names) func computesWhatONNXRuntimeDoes(name: String) throws {
    let loaded = try ONNXFile.load(Self.folder().appendingPathComponent("\(name).onnx"))
    #expect(loaded.warnings.isEmpty)
    let network = loaded.network
    var inputs: [String: Tensor] = [:]
    for input in network.inputs { inputs[input.name] = try Self.array(name, input.name) }
    let run = try LogicalRun(network, inputs)
    for (output, result) in zip(network.outputs, run.outputs) {
      let expected = try Self.array(name, output)
      #expect(result.shape == expected.shape)
      let error = DoubleTensor(result).largestRelativeError(from: DoubleTensor(expected))
      #expect(error < 1e-5, "output \(output)")
    }
    // Of numbers of words and masks there is no gradient.
    let isIndexed = name.hasPrefix("embed")
    let differentiable = inputs.keys.filter { !isIndexed && !$0.hasPrefix("xmask") }
    let comparison = try DerivativeComparison(
      network, inputs, withRespectTo: differentiable.sorted())
    #expect(comparison.programError < 1e-5)
    // At the kinks of rectifiers differences are no derivatives.
    #expect(comparison.interpreterError < 1e-6)
  }

  /// Protects the names by which values within a node are addressed.
  @Test(
    arguments: [
      ("fused-conv-relu", ["node/linear", "node"]),
      ("fused-conv-sum", ["node/convolution", "node/linear", "node"]),
      ("fused-gemm-relu", ["node/linear", "node"]), ("bias-gelu", ["node/linear", "node"]),
      ("fused-matmul", ["node/product", "node"]),
      ("skip-layer-normalization", ["node/biased", "node/sum", "node"]),
    ])
  func namesWhatIsWithin(name: String, expected: [String]) throws {
    let network = try ONNXFile.load(Self.folder().appendingPathComponent("\(name).onnx")).network
    let layers = network.layers.filter { !($0.operation is Constant) }.map(\.name)
    #expect(layers == expected)
  }

  /// Protects scores and probabilities of attention, which people look at.
  @Test(arguments: ["attention-mask", "multi-head-attention-packed"])
  func namesScoresAndProbabilities(name: String) throws {
    let network = try ONNXFile.load(Self.folder().appendingPathComponent("\(name).onnx")).network
    var shapes: [String: [Int]] = [:]
    for input in network.inputs { shapes[input.name] = try Self.array(name, input.name).shape }
    let inferred = try network.inferShapes(shapes).shapes
    for layer in ["node/scores", "node/probabilities"] {
      #expect(inferred[try network.layer(.name(layer)).outputs[0]] == [2, 2, 5, 5])
    }
  }

  /// Protects other batches than the file declares: nothing in it may hold the number of pictures.
  @Test(arguments: [
    "attention", "multi-head-attention-bias", "fused-conv-sum", "fused-matmul-weights",
  ])
  func takesOtherBatches(name: String) throws {
    let network = try ONNXFile.load(Self.folder().appendingPathComponent("\(name).onnx")).network
    var inputs: [String: Tensor] = [:]
    for input in network.inputs {
      let one = try Self.array(name, input.name)
      inputs[input.name] = Tensor(
        shape: [3 * one.shape[0]] + one.shape.dropFirst(),
        elements: one.elements + one.elements + one.elements)
    }
    let shapes = try network.inferShapes(inputs.mapValues(\.shape)).shapes
    let expected = try Self.array(name, network.outputs[0])
    #expect(shapes[network.outputs[0]]?.first == 3 * expected.shape[0])
  }

  /// Protects what is refused, in words.
  @Test(
    arguments: [
      ("FusedConv", ["activation": .string("Mystery")], "activation = 'Mystery'"),
      ("MultiHeadAttention", [:], "num_heads"),
      ("Attention", ["num_heads": 0], "num_heads"),
      ("Attention", ["num_heads": 1, "qkv_hidden_sizes": [1, 2, 3]], "qkv_hidden_sizes"),
    ] as [(String, [String: AttributeValue], String)])
  func refusesWhatItCannot(
    operatorName: String, attributes: [String: AttributeValue], reason: String
  ) throws {
    var model = ModelBuilder()
    model.input("x", [1, 3, 3, 3])
    model.floats("w", [3, 6], Array(repeating: 1, count: 18))
    model.node(
      operatorName, ["x", "w"], ["y"], name: "node", domain: "com.microsoft", attributes)
    model.output("y")
    let error = #expect(throws: ONNXError.self) { try model.load() }
    #expect("\(try #require(error))".contains(reason))
  }

  private static func folder() throws -> URL {
    try #require(Bundle.module.resourceURL).appendingPathComponent("MicrosoftFixtures")
  }

  private static func array(_ name: String, _ value: String) throws -> Tensor {
    try NumPyFile(folder().appendingPathComponent("\(name)-\(value).npy")).read()
  }
}
