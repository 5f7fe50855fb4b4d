import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import NetworkFormats

/// Protects the machine from ONNX files that are well formed and ask for much: each ends in a typed error, or in a
/// network that compiles or is refused, on a small stack and within seconds.
@Suite(.serialized) struct ONNXStructureTests {
  @Test func structures() throws {
    var fuzzer = Fuzzer("onnx-structures")
    try fuzzer.run(slowness: 20) { random in
      let model = ONNXStructures.model(using: &random)
      nonisolated(unsafe) var isRead = false
      let seconds = try SmallStack.run {
        do throws(ONNXError) {
          let network = try ONNXFile.load(
            model, path: "grown.onnx", folder: FileManager.default.temporaryDirectory,
            constants: [:]
          ).network
          isRead = true
          Self.compile(network)
        } catch { #expect(!"\(error)".isEmpty) }
      }
      #expect(seconds < 20, "\(seconds) s")
      return isRead
    }
    #expect(fuzzer.accepted > 0)
  }

  /// Summary and program for the declared sizes, within 256 MB.
  private static func compile(_ network: NeuralNetwork) {
    var shapes: [String: [Int]] = [:]
    for input in network.inputs { shapes[input.name] = input.presentedShape.map { $0 ?? 8 } }
    do throws(VisualizationError) {
      _ = try network.summary(inputShapes: shapes)
      _ = try Program(
        network, inputShapes: shapes, taps: [-1], options: .init(memoryLimit: 1 << 28))
    } catch { #expect(!"\(error)".isEmpty) }
  }
}
