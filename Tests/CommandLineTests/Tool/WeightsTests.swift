import ConvolutionalNetworks
import Foundation
import NetworkFormats
import Testing

/// Protects those who hand over weights: they are listed, what was decided is told apart from what is listed, and metadata
/// goes along.
@Suite("featurevis and files of weights") struct WeightsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func fixture(_ path: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: path).path
  }

  @Test func notes() throws {
    let file = Self.fixture("NetworkFormatsTests/Weights/Fixtures/beside.pt")
    let outcome = try CommandLineProgram.featurevis.succeed(["inspect", file], in: folder)
    #expect(outcome.output.contains("b.c     float32  [2, 2]"))
    #expect(outcome.errors.contains("note: taken are 2 tensors of 'net'"))
    #expect(outcome.errors.contains("note: 'module._orig_mod.' is left out"))
  }

  @Test(arguments: ["keras3.weights.h5", "weights.keras", "legacy.h5"])
  func kerasWeights(name: String) throws {
    let file = Self.fixture("KerasNetworkFormatTests/Fixtures/Weights/\(name)")
    let outcome = try CommandLineProgram.featurevis.succeed(["inspect", file], in: folder)
    #expect(outcome.output.contains("[2, 2, 2, 3]"))
  }

  @Test func conversion() throws {
    let file = Self.fixture("NetworkFormatsTests/Weights/Fixtures/model_shards")
    _ = try CommandLineProgram.featurevis.succeed(["convert", file, "one.safetensors"], in: folder)
    let weights = try StateDictionary(contentsOf: folder.file("one.safetensors"))
    #expect(weights.names.sorted() == ["a", "b.c", "d"])
    #expect(weights.metadata["license"] == "CC0")
  }

  @Test func programs() throws {
    let file = Self.fixture("NetworkFormatsTests/Weights/Fixtures/program.ts")
    let outcome = try CommandLineProgram.featurevis.run(["inspect", file], in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("it is TorchScript, a program"))
    #expect(outcome.errors.contains("torch.onnx.export"))
  }
}
