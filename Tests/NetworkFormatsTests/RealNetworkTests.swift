import CFVTestData
import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

@Suite("Real network files")
struct RealNetworkTests {
  /// Protects the names people address layers by, the weights' number and the sidecar's preprocessing.
  @Test func googLeNet() throws {
    guard let url = DataFolder.item("networks/googlenet-imagenet.onnx") else { return }
    let loaded = try ONNXFile.load(url)
    let network = loaded.network
    // ImageNet has two kinds of cranes.
    #expect(loaded.warnings.count == 1 && loaded.warnings[0].contains("'crane'"))
    #expect(network.layers.count == 142)
    #expect(network.parameterCount == 6_998_552)
    #expect(network.layers.first?.name == "conv1/7x7_s2")
    #expect(try network.layer("inception_4c/output").operation.kind == "Concatenation")
    #expect(try network.layer(-2).name == "loss3/classifier")
    #expect(try network.layer(-1).operation.kind == "Softmax")
    let specification = try #require(network.inputs.first?.specification)
    #expect(specification.channelOrder == .bgr)
    #expect(specification.mean == [104, 117, 123])
    #expect(network.labels?.count == 1000)
    #expect(network.labels?[130] == "flamingo")
    #expect(network.labels?[20] == "water ouzel, dipper")
  }

  /// Protects the shapes, with another batch and another size than the file declares.
  @Test func googLeNetShapes() throws {
    guard let url = DataFolder.item("networks/googlenet-imagenet.onnx") else { return }
    let network = try ONNXFile.load(url).network
    let shapes = try network.inferShapes(["data": [1, 3, 224, 224]]).shapes
    #expect(shapes["conv1/7x7_s2"] == [1, 64, 112, 112])
    #expect(shapes["pool1/3x3_s2"] == [1, 64, 56, 56])
    #expect(shapes["inception_5b/output"] == [1, 1024, 7, 7])
    #expect(shapes["prob"] == [1, 1000])
    let larger = try network.inferShapes(["data": [3, 3, 256, 288]]).shapes
    #expect(larger["inception_5b/output"] == [3, 1024, 8, 9])
    #expect(larger["prob"] == [3, 1000])
  }

  /// Protects folding of a reshaped parameter, and a batch axis freed from a constant Reshape.
  @Test func mnist() throws {
    guard let url = DataFolder.item("networks/mnist-cntk.onnx") else { return }
    let network = try ONNXFile.load(url).network
    #expect(network.inputs.map(\.name) == ["Input3"])
    #expect(network.parameterCount == 5994)
    let dense = try #require(try network.layer("Times212").operation as? Dense)
    #expect(dense.weights.shape == [10, 256])
    let shapes = try network.inferShapes(["Input3": [5, 1, 28, 28]]).shapes
    #expect(shapes["Pooling66_Output_0"] == [5, 8, 14, 14])
    #expect(shapes["Plus214_Output_0"] == [5, 10])
    #expect(network.labels?.last == "9")
  }
}
