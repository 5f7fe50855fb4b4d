import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects weights in several files: all of them are read by their index, from wherever somebody begins, and what is wrong
/// with them is told at once.
@Suite struct ShardedWeightsTests {
  private static let kinds = ["model": "safetensors", "pytorch_model": "bin"]

  @Test(arguments: kinds.keys.sorted())
  func `by the index, the folder or one of the files`(kind: String) throws {
    let ending = try #require(Self.kinds[kind])
    let folder = try Fixture.url("\(kind)_shards")
    let starts = [
      folder, folder.appendingPathComponent("\(kind).\(ending).index.json"),
      folder.appendingPathComponent("\(kind)-00002-of-00002.\(ending)"),
    ]
    for url in starts {
      let weights = try StateDictionary(contentsOf: url)
      #expect(weights.names == ["a", "b.c", "d"])
      #expect(try weights.tensor(named: "b.c").elements == (0..<4).map(Fixture.element))
      #expect(weights.metadata["license"] == "CC0")
      #expect(weights.file.hasSuffix(".index.json"))
      #expect(weights.notes.count == (url == starts[2] ? 1 : 0))
    }
  }

  @Test func `a file without its index is read alone, and it is said`() throws {
    let folder = try TemporaryFolder()
    let name = "model-00002-of-00002.safetensors"
    let url = folder.url.appendingPathComponent(name)
    try FileManager.default.copyItem(at: Fixture.url("model_shards/\(name)"), to: url)
    let weights = try StateDictionary(contentsOf: url)
    #expect(weights.names == ["b.c", "d"])
    #expect(
      weights.notes.first?.contains("'model.safetensors.index.json' is not beside it") == true)
  }

  private func error(_ index: String, files: [String] = []) throws -> String {
    let folder = try TemporaryFolder()
    let url = folder.url.appendingPathComponent("model.safetensors.index.json")
    try Data(index.utf8).write(to: url)
    for name in files {
      try FileManager.default.copyItem(
        at: Fixture.url("model_shards/\(name)"), to: folder.url.appendingPathComponent(name))
    }
    let error = #expect(throws: WeightsFileError.self) { try StateDictionary(contentsOf: url) }
    return error.map { "\($0)" } ?? ""
  }

  @Test func `everything that is wrong is told at once`() throws {
    let missing = try error(#"{"weight_map": {"a": "x.bin", "b": "y.bin", "c": "x.bin"}}"#)
    #expect(missing.contains("of the 2 files that it names, 'x.bin'"))
    #expect(missing.contains("'y.bin' cannot be read: No such file"))
    let first = "model-00001-of-00002.safetensors"
    let lacking = try error(
      #"{"weight_map": {"a": "\#(first)", "b": "\#(first)", "c": "\#(first)"}}"#, files: [first])
    #expect(lacking.contains("lack 'b' in '\(first)', 'c' in '\(first)'"))
  }

  /// Protects other files: an index names those of its own folder.
  @Test func `files outside the folder are not opened`() throws {
    let error = try error(
      #"{"weight_map": {"a": "../x.bin", "b": "/etc/passwd", "c": "", "d": ".."}}"#)
    #expect(error.contains("names files outside its folder: ../x.bin, /etc/passwd, , .."))
  }

  @Test(arguments: [
    (#"{"weight_map": {}}"#, "lists no tensors"), (#"{"weight_map": 3}"#, "no index of weights"),
    (#"{"weight_map": {"a": 3}}"#, "no index of weights"),
    (#"{"weight_map": {"a": "x", "a": "y"}}"#, "the tensor 'a' twice"),
    (#"{"weight_map": {"a": "x""#, "no index of weights"),
  ])
  func `an index that is none`(text: String, message: String) throws {
    #expect(try error(text).contains(message))
  }

  @Test func `more files than may be open`() throws {
    let map = (0..<513).map { #""\#($0)": "\#($0).bin""# }.joined(separator: ",")
    #expect(try error("{\"weight_map\": {\(map)}}").contains("names 513 files"))
  }
}
