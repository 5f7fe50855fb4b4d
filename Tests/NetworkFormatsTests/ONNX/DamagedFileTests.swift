import ConvolutionalNetworks
import Foundation
import SwiftProtobuf
import Testing

@testable import NetworkFormats

@Suite("ONNX: damaged files")
struct DamagedFileTests {
  private static func sample() throws -> Data {
    let model = ModelBuilder.single(
      "Conv", others: ["w"], ["kernel_shape": [1, 1], "auto_pad": "NOTSET"]
    ) { $0.floats("w", [2, 3, 1, 1], [1, 2, 3, 4, 5, 6]) }
    return try model.model.serializedBytes()
  }

  /// Protects reading from a file by its URL.
  @Test func wholeFile() throws {
    let folder = try TemporaryFolder()
    let url = try folder.write(try Self.sample(), to: "network.onnx")
    #expect(try ONNXFile.load(url).network.layers.map(\.name) == ["node"])
  }

  /// Protects against files cut anywhere: an error, or the network if nothing that matters is missing.
  @Test func truncatedFile() throws {
    let folder = try TemporaryFolder()
    let sample = try Self.sample()
    var failures = 0
    for count in 0..<sample.count {
      let url = try folder.write(sample.prefix(count), to: "cut.onnx")
      do throws(ONNXError) { _ = try ONNXFile.load(url) } catch { failures += 1 }
    }
    #expect(failures > sample.count / 2)
  }

  /// Protects against nodes that read nothing, though they have to.
  @Test(
    arguments: [
      "Concat", "Sum", "Max", "Mean", "Einsum", "MatMul", "Relu", "Where", "Reshape", "Conv",
      "LSTM", "Split", "Gather", "QLinearConv",
    ])
  func nodesWithoutInputs(operatorName: String) {
    var model = ModelBuilder()
    model.input("x", [1, 3, 4, 4])
    model.node(operatorName, [], ["y"], ["axis": 1])
    model.output("y")
    #expect(throws: ONNXError.self) { try model.load() }
  }

  /// Protects against any single damaged byte: whatever the outcome, the process survives it.
  @Test func damagedBytes() throws {
    let sample = try Self.sample()
    var outcomes = (networks: 0, failures: 0)
    for position in sample.indices {
      for mask: UInt8 in [0x01, 0x80, 0xFF] {
        var damaged = sample
        damaged[position] ^= mask
        guard let model = try? ONNXModelProto(serializedBytes: damaged) else { continue }
        do throws(ONNXError) {
          let loaded = try ONNXFile.load(
            model, path: "", folder: FileManager.default.temporaryDirectory, constants: [:])
          _ = try? loaded.network.inferShapes(["x": [1, 3, 8, 8]])
          outcomes.networks += 1
        } catch { outcomes.failures += 1 }
      }
    }
    #expect(outcomes.networks > 0)
    #expect(outcomes.failures > 0)
  }

  /// Protects the errors for what is no ONNX file at all.
  @Test func otherFiles() throws {
    let folder = try TemporaryFolder()
    let text = try folder.write("no network at all", to: "text.onnx")
    let empty = try folder.write("", to: "empty.onnx")
    for url in [text, empty] {
      let error = #expect(throws: ONNXError.self) { try ONNXFile.load(url) }
      guard case .notONNX = error?.problem else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    let missing = folder.url.appendingPathComponent("missing.onnx")
    let error = #expect(throws: ONNXError.self) { try ONNXFile.load(missing) }
    guard case .unreadable = error?.problem else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
