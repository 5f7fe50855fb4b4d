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

  /// Protects channels that are neither colours nor grey: a number, names, names with colours, as they are written back.
  @Test(arguments: [
    (#"40"#, InputSpecification.ChannelOrder.unnamed(40)), (#"["ecg"]"#, .named(["ecg"])),
    (
      #"["B2",{"color":[1,0,0.5],"name":"B8"}]"#,
      .named(["B2", InputChannel("B8", color: .init(red: 1, green: 0, blue: 0.5))])
    ), (#""gray""#, .gray),
  ])
  func channels(json: String, order: InputSpecification.ChannelOrder) throws {
    let text = #"{"channelOrder":\#(json),"valueRange":[0,1]}"#
    #expect(try sidecar(text).specification?.channelOrder == order)
    let count = order.channelCount
    let network = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput(
          "x", shape: [nil, count, 4, 4], channelAxis: 1,
          specification: try InputSpecification(channelOrder: order))
      ], layers: [Layer("y", Activation(.tanh), inputs: ["x"])], outputs: ["y"])
    let url = try #require(
      try NetworkSidecar.write(network, beside: folder.url.appendingPathComponent("n.onnx")))
    #expect(try String(contentsOf: url, encoding: .utf8).contains(#""channelOrder":\#(json)"#))
    let again = try NetworkSidecar(contentsOf: url)
    #expect(again.specification == network.inputs[0].specification)
    #expect(try again.applied(to: network).inputs[0].specification?.channelOrder == order)
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
      (#"{"channelOrder": 0, "valueRange": [0, 1]}"#, "channelOrder"),
      (#"{"channelOrder": 1e12, "valueRange": [0, 1]}"#, "channelOrder"),
      (#"{"channelOrder": [], "valueRange": [0, 1]}"#, "channelOrder"),
      (#"{"channelOrder": ["a", "a"], "valueRange": [0, 1]}"#, "channelOrder"),
      (#"{"channelOrder": [1], "valueRange": [0, 1]}"#, "channelOrder"),
      (#"{"channelOrder": [{"color": [1, 0, 0]}], "valueRange": [0, 1]}"#, "channelOrder"),
      (
        #"{"channelOrder": [{"name": "a", "color": [2, 0, 0]}], "valueRange": [0, 1]}"#,
        "channelOrder"
      ),
      (#"{"channelOrder": [{"name": "a", "color": [1]}], "valueRange": [0, 1]}"#, "channelOrder"),
      (#"{"channelOrder": ["a", "b"], "valueRange": [0, 1], "mean": [1, 2, 3]}"#, "mean"),
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
    #expect(try ONNXFile.load(url).network.inputs.first?.specification == nil)
    _ = try folder.write(
      #"{"channelOrder": "RGB", "valueRange": [-1, 1], "labels": ["a"]}"#, to: "network.json")
    let network = try ONNXFile.load(url).network
    #expect(network.inputs.first?.specification?.valueRange == -1...1)
    #expect(network.labels == ["a"])
    _ = try folder.write(#"{"channelOrder": "gray", "valueRange": [0, 1]}"#, to: "network.json")
    let error = #expect(throws: ONNXError.self) { try ONNXFile.load(url) }
    guard case .sidecar(let problem) = error?.problem else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(problem.key == "channelOrder")
  }

  /// Protects the machine's other files: labels lie in the sidecar's folder, wherever names and links lead.
  @Test func labelsOutside() throws {
    let outside = try TemporaryFolder()
    let secret = try outside.write("secret", to: "secret.txt")
    let link = folder.url.appendingPathComponent("link.txt")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: secret)
    try FileManager.default.createSymbolicLink(
      at: folder.url.appendingPathComponent("out"), withDestinationURL: outside.url)
    let names = [
      secret.path, "../\(outside.url.lastPathComponent)/secret.txt", "link.txt", "out/secret.txt",
      "sub/../../\(outside.url.lastPathComponent)/secret.txt",
    ]
    for name in names {
      let error = #expect(throws: NetworkSidecarError.self) {
        try sidecar(#"{"labels": "\#(name)"}"#)
      }
      #expect(error?.key == "labels")
      #expect(error?.reason.contains("outside the sidecar's folder") ?? false, "\(name)")
    }
    // A link that stays inside is followed.
    _ = try folder.write("a\nb", to: "words.txt")
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appendingPathComponent("inside.txt").path,
      withDestinationPath: "words.txt")
    #expect(try sidecar(#"{"labels": "inside.txt"}"#).labels == ["a", "b"])
  }

  /// Protects against waiting for a pipe's writer, and against nests that overflow the stack.
  @Test func pipesAndNests() async throws {
    let pipe = folder.url.appendingPathComponent("pipe.txt")
    try #require(mkfifo(pipe.path, 0o600) == 0)
    let error = #expect(throws: NetworkSidecarError.self) {
      try sidecar(#"{"labels": "pipe.txt"}"#)
    }
    #expect(error?.reason.contains("pipe") ?? false)
    #expect(throws: NetworkSidecarError.self) { try NetworkSidecar(contentsOf: pipe) }

    let nest = #"{"x": "# + String(repeating: "[", count: 1_000_000)
    let url = try folder.write(nest, to: "network.json")
    let isRefused = await onSmallStack { (try? NetworkSidecar(contentsOf: url)) == nil }
    #expect(isRefused)
    let narrow = ReadingLimits(baseMemory: 1_000, memoryPerByte: 0)
    let labels = try folder.write(
      #"{"labels": ["\#(String(repeating: "l", count: 2_000))"]}"#, to: "labels.json")
    #expect(throws: NetworkSidecarError.self) {
      try NetworkSidecar(contentsOf: labels, limits: narrow)
    }
  }

  /// Protects that a name which several classes have is told: ImageNet has two cranes.
  @Test func repeatedLabels() throws {
    let model = ModelBuilder.single("Relu", shape: [1, 3, 8, 8])
    let url = try folder.write(try model.model.serializedBytes() as Data, to: "network.onnx")
    _ = try folder.write(#"{"labels": ["crane", "a", "b", "crane", "a", "a"]}"#, to: "network.json")
    let warnings = try ONNXFile.load(url).warnings
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("'crane' stands for the classes 0 and 3, and 1 more") ?? false)
    _ = try folder.write(#"{"labels": ["crane", "a", "b"]}"#, to: "network.json")
    #expect(try ONNXFile.load(url).warnings == [])
  }
}
