import ConvolutionalNetworks
import Foundation
import KerasNetworkFormat
import NetworkArchitectures
import NetworkFiles
import NetworkFormats
import Testing

/// Protects those whose file is at fault: one shape of error says which file, where in it and what is wrong, and its cases
/// tell the kinds apart.
@Suite struct NetworkFileErrorTests {
  private let folder: TemporaryFolder
  private let samples: SampleFiles

  init() throws {
    folder = try TemporaryFolder()
    samples = try SampleFiles(in: folder)
  }

  /// The error of opening a file, whose parts make the whole message.
  private func error(
    _ url: URL, architecture: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> NetworkFileError {
    let thrown = #expect(throws: NetworkFileError.self, sourceLocation: sourceLocation) {
      try NeuralNetwork(contentsOf: url, architecture: architecture)
    }
    let error = try #require(thrown, sourceLocation: sourceLocation)
    let parts = [error.file, error.place, error.reason].compactMap(\.self)
    #expect(error.description == parts.joined(separator: ": "), sourceLocation: sourceLocation)
    #expect(error.localizedDescription == error.description, sourceLocation: sourceLocation)
    return error
  }

  @Test func `files that cannot be read`() throws {
    let missing = try error(folder.file("none.onnx"))
    #expect(missing == .unreadable(file: missing.file, reason: "no such file"))
    #expect(missing.file.hasSuffix("none.onnx") && missing.place == nil)
    #expect(try error(folder.url).reason.contains("a folder is no network"))
    #expect(try error(folder.write("", to: "empty.pth")).reason == "the file is empty")
    #expect(try error(URL(filePath: "/dev/null")).reason == "it is no regular file")
    let beneath = samples.onnx.appending(path: "x.onnx")
    #expect(try error(beneath).reason.contains("Not a directory"))
  }

  /// Protects those who have a folder of TensorFlow's: the message holds the line that converts it.
  @Test func `a SavedModel`() throws {
    let model = folder.file("model")
    try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
    try Data([8, 1]).write(to: model.appending(path: "saved_model.pb"))
    for url in [model, model.appending(path: "saved_model.pb")] {
      #expect(try error(url).reason.contains("tf2onnx.convert --saved-model"))
    }
    try Data().write(to: model.appending(path: "keras_metadata.pb"))
    #expect(try error(model).reason.contains("tf_keras.models.load_model"))
  }

  @Test(arguments: ["picture.png", "network", "network.json"])
  func `files of no format`(name: String) throws {
    // The second begins as ONNX files may.
    for text in ["a picture", "Before"] {
      try? FileManager.default.removeItem(at: folder.file(name))
      let error = try error(folder.write(text, to: name))
      #expect(error == .unknownFormat(file: error.file))
      #expect(error.reason.contains("Networks are read from .onnx, .keras"))
    }
  }

  /// Protects those who have a file of another kind: it is named, whatever the file is called, and what to do is said.
  @Test(arguments: [
    ("....TFL3", "TensorFlow Lite"), ("GGUF....", "GGUF"), ("BZh9....", "unpack it (bunzip2)"),
    (String(repeating: "a", count: 257) + "ustar", "unpack it (tar -xf)"),
  ])
  func `files of other formats`(text: String, message: String) throws {
    for name in ["x.tflite", "x.pth.tar", "x.onnx", "x"] {
      try? FileManager.default.removeItem(at: folder.file(name))
      let error = try error(folder.write(text, to: name))
      guard case .foreignFormat = error else {
        Issue.record("\(error)")
        continue
      }
      #expect(error.reason.contains(message))
    }
  }

  @Test func `ONNX files`() throws {
    let text = try error(folder.write("no network", to: "text.onnx"))
    guard case .onnx(let cause) = text, case .notONNX = cause.problem else {
      Issue.record("\(text)")
      return
    }
    let network = try NeuralNetwork.sequential(
      .vector(2, name: "x"), [.dense(1, name: "fc"), .activation(.relu)])
    try ONNXFile.write(network, to: folder.file("net.onnx"))
    var bytes = try Data(contentsOf: folder.file("net.onnx"))
    let name = try #require(bytes.range(of: Data("Gemm".utf8)))
    bytes.replaceSubrange(name, with: Data("Gemn".utf8))
    try bytes.write(to: folder.file("odd.onnx"))
    let odd = try error(folder.file("odd.onnx"))
    #expect(odd.file.hasSuffix("odd.onnx"))
    #expect(odd.place?.contains("(Gemn)") == true)
    #expect(odd.reason.contains("not supported"))
  }

  @Test func `Keras files`() throws {
    let text = try error(folder.write("no network", to: "text.h5"))
    guard case .keras(let cause) = text, case .notHDF5 = cause.problem else {
      Issue.record("\(text)")
      return
    }
    let bytes = try Data(contentsOf: samples.keras)
    try bytes.prefix(bytes.count / 2).write(to: folder.file("cut.keras"))
    let cut = try error(folder.file("cut.keras"))
    guard case .keras(let cause) = cut, case .damagedArchive = cause.problem else {
      Issue.record("\(cut)")
      return
    }
  }

  @Test func `files of weights`() throws {
    let bytes = try Data(contentsOf: samples.weights)
    try bytes.prefix(bytes.count - 1).write(to: folder.file("cut.safetensors"))
    let cut = try error(folder.file("cut.safetensors"))
    guard case .weights(let cause) = cut else {
      Issue.record("\(cut)")
      return
    }
    #expect(cut.place == cause.tensor.map { "tensor '\($0)'" })
    let unknown = try error(samples.tensors[2])
    #expect(unknown == .unknownWeights(file: unknown.file))
    #expect(unknown.file.hasSuffix("tensors.safetensors"))
    #expect(unknown.reason.contains("no architecture known here"))
  }

  @Test func `weights of another architecture`() throws {
    let other = try error(samples.weights, architecture: "resnet32-cifar")
    guard case .architecture(let file, .weights(_, "resnet32-cifar", let faults)) = other else {
      Issue.record("\(other)")
      return
    }
    #expect(file.hasSuffix("sample.safetensors") && !faults.isEmpty)
    #expect(other.reason.hasPrefix("these are not the weights of resnet32-cifar: "))
    let unknown = try error(samples.weights, architecture: "resnet19")
    #expect(unknown.reason.hasPrefix("no architecture is called 'resnet19'; there are "))
    // A whole network is no file of weights.
    guard case .weights(let cause) = try error(samples.onnx, architecture: "alexnet") else {
      Issue.record("an ONNX file is taken for weights")
      return
    }
    #expect(cause.problem == .unknownFormat)
  }

  /// Protects those whose sidecar is wrong from looking for the fault in the network.
  @Test(arguments: [\SampleFiles.onnx, \.keras, \.weights])
  func `sidecars`(sample: KeyPath<SampleFiles, URL> & Sendable) throws {
    let original = samples[keyPath: sample]
    let url = try folder.copy(original, to: "beside.\(original.pathExtension)")
    _ = try folder.write(#"{"channelOrder": "XYZ", "valueRange": [0, 1]}"#, to: "beside.json")
    let error = try error(url)
    guard case .sidecar(let cause) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(cause.key == "channelOrder")
    #expect(error.file.hasSuffix("beside.json"))
    #expect(error.place == #""channelOrder""#)
    #expect(error.reason.contains("'XYZ' is none of RGB"))
  }

  /// Protects the other files' errors, which have the same shape and say their whole message.
  @Test func `all errors have one shape`() throws {
    let array = #expect(throws: NumPyFileError.self) {
      try NumPyFile(folder.file("none.npy")).read()
    }
    let error: any FileError = try #require(array)
    #expect(error.file.hasSuffix("none.npy"))
    #expect(error.reason == "No such file or directory")
    #expect(error.localizedDescription == error.description)
    let alexNet = #expect(throws: ArchitectureError.self) {
      try NeuralNetwork.alexNet(weights: samples.weights)
    }
    #expect(alexNet?.file.hasSuffix("sample.safetensors") == true)
    #expect(alexNet?.description.contains("sample.safetensors: these are not the weights") == true)
  }
}
