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
}
