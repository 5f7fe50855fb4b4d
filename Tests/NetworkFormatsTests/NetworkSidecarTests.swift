import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

@Suite("Sidecar of a network")
struct NetworkSidecarTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func sidecar(_ json: String) throws -> NetworkSidecar {
    try NetworkSidecar(contentsOf: try folder.write(json, to: "network.json"))
  }

  /// Protects the meaning of every key; unknown ones are for others.
  @Test func allKeys() throws {
    let sidecar = try sidecar(
      """
      {"channelOrder": "BGR", "valueRange": [0, 255], "mean": [104, 117, 123],
       "standardDeviation": [1, 2, 3], "labels": ["a", "b"], "architecture": "other"}
      """)
    let specification = try #require(sidecar.specification)
    #expect(specification.channelOrder == .bgr)
    #expect(specification.valueRange == 0...255)
    #expect(specification.mean == [104, 117, 123])
    #expect(specification.standardDeviation == [1, 2, 3])
    #expect(sidecar.labels == ["a", "b"])
  }

  /// Protects labels in a file: ImageNet's ids are taken off, other lines stay as they are.
  @Test func labelFile() throws {
    let lines = "n02007558 flamingo\r\nn01440764 tench, Tinca tinca\nnot an id\n\nlast\n\n"
    _ = try folder.write(lines, to: "words.txt")
    let sidecar = try sidecar(#"{"labels": "words.txt"}"#)
    #expect(sidecar.labels == ["flamingo", "tench, Tinca tinca", "not an id", "", "last"])
    #expect(sidecar.specification == nil)
  }

  /// Protects the key named in the error for every contradiction.
  @Test(
    arguments: [
      (#"{"valueRange": [0, 1]}"#, "channelOrder"),
      (#"{"channelOrder": "RBG", "valueRange": [0, 1]}"#, "channelOrder"),
      (#"{"channelOrder": "RGB"}"#, "valueRange"),
      (#"{"channelOrder": "RGB", "valueRange": [1, 0]}"#, "valueRange"),
      (#"{"channelOrder": "RGB", "valueRange": [1]}"#, "valueRange"),
      (#"{"channelOrder": "RGB", "valueRange": "0-1"}"#, "valueRange"),
      (#"{"channelOrder": "RGB", "valueRange": [0, 1], "mean": [1, 2]}"#, "mean"),
      (#"{"channelOrder": "RGB", "valueRange": [0, 1], "mean": [1e999]}"#, nil),
      (
        #"{"channelOrder": "gray", "valueRange": [0, 1], "standardDeviation": [0]}"#,
        "standardDeviation"
      ),
      (#"{"labels": "missing.txt"}"#, "labels"), (#"{"labels": [1]}"#, "labels"),
      (#"["RGB"]"#, nil), ("{", nil),
    ] as [(String, String?)])
  func invalid(json: String, key: String?) throws {
    let error = #expect(throws: NetworkSidecarError.self) { try sidecar(json) }
    #expect(error?.key == key)
    #expect(error?.file.hasSuffix("network.json") ?? false)
  }

  /// Protects that the loader applies the sidecar beside a network, and refuses one for other channels.
  @Test func besideNetwork() throws {
    let model = ModelBuilder.single("Relu", shape: [1, 3, 8, 8])
    let url = try folder.write(try model.model.serializedBytes() as Data, to: "network.onnx")
    #expect(try NeuralNetwork(contentsOf: url).inputs.first?.specification == nil)
    _ = try folder.write(
      #"{"channelOrder": "RGB", "valueRange": [-1, 1], "labels": ["a"]}"#, to: "network.json")
    let network = try NeuralNetwork(contentsOf: url)
    #expect(network.inputs.first?.specification?.valueRange == -1...1)
    #expect(network.labels == ["a"])
    _ = try folder.write(#"{"channelOrder": "gray", "valueRange": [0, 1]}"#, to: "network.json")
    let error = #expect(throws: NetworkFileError.self) { try NeuralNetwork(contentsOf: url) }
    guard case .sidecar(let problem) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(problem.key == "channelOrder")
  }
}
