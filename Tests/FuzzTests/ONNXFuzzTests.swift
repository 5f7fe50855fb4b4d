import CFVFiles
import Foundation
import SwiftProtobuf
import Testing

@testable import NetworkFormats

/// Protects against traps, hangs and great allocations from damaged ONNX files, and from networks that they
/// still make: those are compiled and run.
@Suite(.serialized) struct ONNXFuzzTests {
  @Test func models() throws {
    let seeds = try ONNXSeeds.models()
    let mutator = ONNXMutator(seeds: seeds)
    let bytes = ByteMutator(seeds: try seeds.map { [UInt8](try $0.serializedData()) })
    var fuzzer = Fuzzer("onnx")
    try fuzzer.run { random in
      let file =
        random.once(in: 4)
        ? bytes.mutation(using: &random)
        : [UInt8](try mutator.mutation(using: &random).serializedData())
      guard let model = try? ONNXModelProto(serializedBytes: file) else { return false }
      do throws(ONNXError) {
        let loaded = try ONNXFile.load(
          model, path: "fuzzed.onnx", folder: FileManager.default.temporaryDirectory,
          constants: [:])
        NetworkExercise.run(loaded.network, &random)
        return true
      } catch { return false }
    }
    #expect(fuzzer.accepted > 0)
  }

  /// What tells an ONNX file from others, and what it says of itself.
  @Test func `fields of the model`() throws {
    let metadata = ["producer_name": "x", "model_version": "3", "license": "CC0"]
    let seeds = try ONNXSeeds.models().prefix(8).map {
      [UInt8](try $0.serializedData() + ONNXModelFields.bytes(of: metadata))
    }
    let mutator = ByteMutator(seeds: seeds)
    var fuzzer = Fuzzer("onnx-fields")
    try fuzzer.run { random in
      let bytes = FileBytes(Data(mutator.mutation(using: &random)), name: "fuzzed")
      guard let fields = try ONNXModelFields(bytes) else { return false }
      #expect(fields.metadata.values.reduce(0) { $0 + $1.utf8.count } <= 3 * bytes.count)
      return true
    }
    #expect(fuzzer.accepted > 0)
  }
}
