import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import NetworkFormats

/// Protects whole networks as PyTorch's exporters write them: attention and its shape arithmetic, class tokens,
/// layer normalization, patches. `make_transformer_fixtures.py` made them; they were exported with three
/// pictures.
@Suite("ONNX: transformers")
struct TransformerTests {
  @Test(arguments: ["vit", "deit", "convnext"], ["torchscript", "torchscript-14", "dynamo"])
  func computesWhatPyTorchDoes(name: String, exporter: String) throws {
    let network = try ONNXFile.load(Self.fixture("\(name)-\(exporter).onnx")).network
    let pictures = try Self.array("\(name)-input")
    let logits = try Self.array("\(name)-logits")
    let gradient = try Self.array("\(name)-gradient")
    for batch in [2, 1] {
      let run = try Self.run(network, pictures.pictures(batch))
      let logits = DoubleTensor(logits.pictures(batch))
      let logitsError = DoubleTensor(run.logits).largestRelativeError(from: logits)
      #expect(logitsError <= 1e-5)
      let gradient = DoubleTensor(gradient.pictures(batch))
      let gradientError = DoubleTensor(run.gradient).relativeL2Error(from: gradient)
      #expect(gradientError <= 1e-5)
    }
  }

  /// Protects other sizes where the network takes them: ConvNeXt pools, whatever the map.
  @Test(arguments: ["torchscript", "dynamo"])
  func takesOtherSizes(exporter: String) throws {
    let network = try ONNXFile.load(Self.fixture("convnext-\(exporter).onnx")).network
    let run = try Self.run(network, Tensor(shape: [1, 3, 48, 40], repeating: 0.5))
    #expect(run.gradient.elements.contains { $0 != 0 })
    #expect(run.logits.elements.allSatisfy { $0.isFinite })
  }

  /// Protects the names by which layers are addressed: normalizations and products keep those of the file.
  @Test func findsLayers() throws {
    let network = try ONNXFile.load(Self.fixture("vit-torchscript.onnx")).network
    let kinds = Dictionary(grouping: network.layers, by: \.operation.kind).mapValues(\.count)
    #expect(kinds["LayerNormalization"] == 5)
    #expect(kinds["MatrixMultiplication"] == 4)
    #expect(kinds["Softmax"] == 2)
    #expect(kinds["GELU"] == 2)
  }

  private static func run(_ network: NeuralNetwork, _ pictures: Tensor) throws -> (
    logits: Tensor, gradient: Tensor
  ) {
    let input = pictures.transposed([0, 2, 3, 1])
    let scores = try #require(network.layers.first { $0.outputs == ["logits"] })
    let program = try Program(
      network, inputShapes: ["pictures": input.shape], taps: [.name(scores.name)])
    let workspace = try Workspace(program)
    workspace.setInput("pictures", to: input)
    workspace.forward()
    let logits = workspace.tap(0)
    let classes = logits.shape[1]
    workspace.withTapGradient(0) { gradient in
      for i in gradient.indices {
        let k = i % classes
        gradient[i] = Float(k % 2 == 0 ? k + 1 : -k - 1) / Float(classes)
      }
    }
    workspace.pullback()
    return (logits, workspace.inputGradient("pictures").transposed([0, 3, 1, 2]))
  }

  private static func fixture(_ name: String) throws -> URL {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent(
      "TransformerFixtures")
    return folder.appendingPathComponent(name)
  }

  private static func array(_ name: String) throws -> Tensor {
    try NumPyFile(fixture("\(name).npy")).read()
  }
}

extension Tensor {
  /// The first pictures of a batch.
  fileprivate func pictures(_ count: Int) -> Tensor {
    let shape = [count] + self.shape.dropFirst()
    return Tensor(shape: shape, elements: elements.prefix(shape.reduce(1, *)))
  }
}
