import CFVTestData
import ConvolutionalNetworks
import Foundation
import NetworkArchitectures
import NetworkFormats
import Testing

/// Protects the architecture of the BVLC's GoogLeNet: with the weights of the published ONNX file it is the
/// network of that file.
@Suite struct BVLCTests {
  /// The weights of a network's layers, in PyTorch's order of axes.
  private struct LayerWeights: WeightSource {
    private var tensors: [String: Tensor] = [:]

    init(of network: NeuralNetwork) {
      for layer in network.layers {
        switch layer.operation {
        case let convolution as Convolution:
          tensors["\(layer.name).weight"] = convolution.weights.transposed([0, 3, 1, 2])
          tensors["\(layer.name).bias"] = convolution.bias
        case let dense as Dense:
          tensors["\(layer.name).weight"] = dense.weights
          tensors["\(layer.name).bias"] = dense.bias
        default: break
        }
      }
    }

    var names: [String] { tensors.keys.sorted() }
    func shape(of name: String) -> [Int]? { tensors[name]?.shape }
    func elementType(of name: String) -> ElementType? { tensors[name].map { _ in .float32 } }
    func tensor(named name: String) throws(WeightsFileError) -> Tensor { tensors[name]! }
  }

  @Test func `is the network of the ONNX file`() throws {
    guard let url = DataFolder.item("networks/googlenet-imagenet.onnx") else { return }
    let published = try ONNXFile.load(url).network
    let built = try Architecture(named: "bvlc-googlenet")
      .network(weights: LayerWeights(of: published))
    #expect(published.inputs[0].specification == built.inputs[0].specification)
    let input = RandomWeights.uniform("input", shape: [1, 224, 224, 3], scale: 100)
    for layer in ["inception_4c/output", "loss3/classifier", "prob"] as [LayerID] {
      func value(_ network: NeuralNetwork) throws -> Tensor {
        let workspace = try Workspace(
          try Program(network, inputShapes: ["data": input.shape], taps: [layer]))
        workspace.setInput("data", to: input)
        workspace.forward()
        return workspace.tap(0)
      }
      let (expected, actual) = (try value(published).elements, try value(built).elements)
      let largest = expected.map(abs).max() ?? 0
      let error = zip(expected, actual).map { abs($0 - $1) }.max() ?? .infinity
      #expect(expected.count == actual.count && error <= 1e-5 * largest, "\(layer)")
    }
  }
}
