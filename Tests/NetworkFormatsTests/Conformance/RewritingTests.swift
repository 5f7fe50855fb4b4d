import CFVTestData
import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects the writing of ONNX files: a network that was written and read again computes the same.
@Suite struct RewritingTests {
  /// Every case of the backend test suite that is read is written, read again and compared with what it should
  /// compute, but for what the writer says it has nothing for.
  @Test func `backend cases survive being written`() throws {
    guard let root = DataFolder.item("onnx-node-tests") else { return }
    var passed = 0
    var failures: [String] = []
    var refused: [String] = []
    for folder in ConformanceCase.folders(below: root) {
      let test = try ConformanceCase(folder: folder)
      let rules = ConformanceRules(test)
      // What is not read is the other test's concern.
      if ConformanceScope(test: test).reasonToSkip != nil { continue }
      if ConformanceRunner(test, rules: rules).failure() != nil { continue }
      do throws(ONNXExportError) {
        if let failure = try ConformanceRunner(test, rules: rules, isRewritten: true)
          .failureOfExport()
        {
          failures.append("\(test.name): \(failure)")
        } else {
          passed += 1
        }
      } catch {
        if case .unwritable = error.problem { throw error }
        refused.append("\(test.name): \(error.problem)")
      }
    }
    for failure in failures { print("FAILED \(failure)") }
    for refusal in refused { print("NOT WRITTEN \(refusal)") }
    print("ONNX cases rewritten: \(passed) as before, \(refused.count) refused")
    #expect(failures.isEmpty)
    #expect(refused.count <= 20)
  }

  /// Protects the sidecar: preprocessing and labels come back, and one that is there stays.
  @Test func `preprocessing and labels go into a sidecar`() throws {
    let folder = try TemporaryFolder()
    let file = folder.url.appendingPathComponent("net.onnx")
    var network = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput(
          "x", shape: [nil, 3, nil, nil], channelAxis: 1,
          specification: InputSpecification(
            channelOrder: .bgr, valueRange: 0...255, mean: [104, 117, 123]))
      ], layers: [Layer("relu", Activation(.relu), inputs: ["x"])], outputs: ["relu"],
      labels: ["a", "b \"c\""])
    try ONNXFile.write(network, to: file)
    #expect(try NetworkSidecar.write(network, beside: file)?.lastPathComponent == "net.json")
    let read = try ONNXFile.load(file).network
    #expect(read.inputs[0].specification == network.inputs[0].specification)
    #expect(read.labels == network.labels)
    #expect(read.layers.map(\.name) == ["relu"])
    network.labels = ["other"]
    #expect(try NetworkSidecar.write(network, beside: file) == nil)
    #expect(try ONNXFile.load(file).network.labels == ["a", "b \"c\""])
  }

  @Test func `a file that cannot be written is told`() throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [NetworkInput("x", shape: [nil, 3], channelAxis: nil)],
      layers: [Layer("relu", Activation(.relu), inputs: ["x"])], outputs: ["relu"])
    let error = #expect(throws: ONNXExportError.self) {
      try ONNXFile.write(network, to: URL(fileURLWithPath: "/nowhere/net.onnx"))
    }
    #expect(error?.problem == .unwritable(reason: "No such file or directory"))
  }
}
