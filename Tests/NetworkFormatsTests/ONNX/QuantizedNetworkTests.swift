import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import NetworkFormats

/// Protects whole quantized networks in every format that onnxruntime writes. `make_quantized_fixtures.py` made them.
@Suite("ONNX: quantized networks")
struct QuantizedNetworkTests {
  static let names = [
    "residual-pairs", "residual-operators", "residual-channels", "residual-channel-operators",
    "residual-16-bits", "residual-dynamic", "branches-pairs", "branches-operators",
    "branches-dynamic", "branches-optimized", "upsampled-pairs", "upsampled-operators",
    "torch-export", "blocks-of-4-bits", "integers-out", "recurrent-dynamic",
    "recurrent-rows-dynamic",
  ]

  /// The same class, and scores within a fiftieth of their range: a sum that lies between two integers may be rounded
  /// otherwise.
  @Test(arguments: names) func computesWhatOnnxruntimeDoes(name: String) throws {
    let loaded = try ONNXFile.load(Self.fixture("\(name).onnx"))
    #expect(loaded.warnings.isEmpty)
    let scores = try Self.scores(loaded.network)
    try expectScores(scores, as: name)
  }

  /// Protects gradients against the interpreter, which shares nothing with the engine.
  @Test(arguments: names) func gradientsAreTheInterpreters(name: String) throws {
    let network = try ONNXFile.load(Self.fixture("\(name).onnx")).network
    let pictures = DoubleTensor(try Self.array("input").transposed([0, 2, 3, 1]))
    let tap = LayerID.name(try #require(network.outputs.first))
    let program = try Program(
      network, inputShapes: ["picture": pictures.shape], taps: [tap])
    let workspace = try Workspace(program)
    workspace.setInput("picture", to: Tensor(pictures))
    workspace.forward()
    workspace.withTapGradient(0) { gradient in
      for i in gradient.indices { gradient[i] = Float(i % 3) - 0.5 }
    }
    workspace.pullback()
    let reference = try ReferenceInterpreter(network).evaluate(["picture": pictures], taps: [tap])
    var seed = try reference.value(of: tap)
    for i in seed.elements.indices { seed.elements[i] = Double(i % 3) - 0.5 }
    let expected = try reference.gradient(of: [tap: seed], withRespectTo: "picture")
    let gradient = DoubleTensor(workspace.inputGradient("picture"))
    #expect(expected.elements.contains { $0 != 0 })
    // A number between two integers may be rounded otherwise in double precision, and what is computed of it moves.
    #expect(gradient.relativeL2Error(from: expected) < 1e-2)
  }

  /// Protects the promise that a picture in a batch is what it is alone: its range is its own.
  @Test(arguments: ["residual-dynamic", "branches-optimized", "residual-operators"])
  func aPictureInABatchIsWhatItIsAlone(name: String) throws {
    let network = try ONNXFile.load(Self.fixture("\(name).onnx")).network
    let scores = try #require(network.layers.last)
    let comparison = try BatchComparison(
      network, shapes: ["picture": [1, 12, 12, 3]], taps: [TapRequest(.name(scores.name))])
    for batch in [1, 2, 5] { #expect(try comparison.differences(batch: batch).isEmpty) }
  }

  /// Protects the names by which layers are addressed, and that a quantized convolution is an ordinary one.
  @Test func findsLayers() throws {
    let network = try ONNXFile.load(Self.fixture("residual-operators.onnx")).network
    let layers = Dictionary(uniqueKeysWithValues: network.layers.map { ($0.name, $0.operation) })
    #expect(layers["c1_node_quant"] is Quantization)
    #expect(layers["c1_node_quant/unquantized"] is Convolution)
    #expect(!network.layers.contains { $0.operation is Dequantization })
  }

  /// Protects the writing of quantized networks: pairs of operators, read again.
  @Test(arguments: names) func survivesBeingWritten(name: String) throws {
    let network = try ONNXFile.load(Self.fixture("\(name).onnx")).network
    let written: ONNXModelProto
    do throws(ONNXExportError) { written = try ONNXFile.model(of: network, file: name) } catch {
      #expect(error.problem == .unsupported("DynamicQuantization"))
      #expect(name.hasSuffix("-dynamic") || name.hasSuffix("-optimized"))
      return
    }
    let again = try ONNXFile.load(
      written, path: name, folder: .temporaryDirectory, constants: [:])
    try expectScores(try Self.scores(again.network), as: name)
  }

  private func expectScores(_ scores: Tensor, as name: String) throws {
    let expected = try Self.array("\(name)-logits")
    #expect(scores.shape == expected.shape)
    let classes = expected.shape[1]
    for picture in 0..<expected.shape[0] {
      let ours = Array(scores.elements[picture * classes..<(picture + 1) * classes])
      let theirs = Array(expected.elements[picture * classes..<(picture + 1) * classes])
      let range = try #require(theirs.max()) - (try #require(theirs.min()))
      let worst = zip(ours, theirs).map { abs($0 - $1) }.max() ?? .infinity
      #expect(worst <= range / 50)
      #expect(ours.firstIndex(of: ours.max() ?? 0) == theirs.firstIndex(of: theirs.max() ?? 0))
    }
  }

  private static func scores(_ network: NeuralNetwork) throws -> Tensor {
    let input = try array("input").transposed([0, 2, 3, 1])
    let program = try Program(
      network, inputShapes: ["picture": input.shape],
      taps: [.name(try #require(network.outputs.first))])
    let workspace = try Workspace(program)
    workspace.setInput("picture", to: input)
    workspace.forward()
    return workspace.tap(0)
  }

  private static func fixture(_ name: String) throws -> URL {
    try #require(Bundle.module.resourceURL).appendingPathComponent("QuantizedFixtures")
      .appendingPathComponent(name)
  }

  private static func array(_ name: String) throws -> Tensor {
    try NumPyFile(fixture("\(name).npy")).read()
  }
}
