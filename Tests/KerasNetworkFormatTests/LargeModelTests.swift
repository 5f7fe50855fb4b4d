import ConvolutionalNetworks
import Foundation
import NetworkFormats
import Testing

@testable import KerasNetworkFormat

/// Protects time, memory and stack from models of many layers, nests and calls.
@Suite struct LargeModelTests {
  private func load(_ configuration: String, _ limits: ReadingLimits = ReadingLimits())
    throws(KerasError.Problem) -> NeuralNetwork
  {
    let url: URL
    do { url = try Fixture("sequential").url } catch { throw .unreadable(reason: "\(error)") }
    return try HDF5Library.withFile(url, limits: limits) { file throws(KerasError.Problem) in
      var importer = ModelImport(limits: limits)
      return try importer.run(
        SavedModel(configuration: configuration, like: try SavedModel(legacy: file)))
    }
  }

  private func sequential(_ layers: String, name: String = "m") -> String {
    #"{"class_name": "Sequential", "name": "\#(name)", "config": {"name": "\#(name)", "layers": [\#(layers)]}}"#
  }

  private let input =
    #"{"class_name": "InputLayer", "config": {"name": "x", "batch_input_shape": [null, 4, 4, 3]}}"#

  private func activation(_ name: String) -> String {
    #"{"class_name": "Activation", "config": {"name": "\#(name)", "activation": "tanh"}}"#
  }

  @Test func `thousands of layers`() throws {
    let layers = (0..<5_000).map { activation("a\($0)") }
    let network = try load(sequential(([input] + layers).joined(separator: ",")))
    #expect(network.layers.count == 5_000)
  }

  /// Sixty models within one another, on the stack of a Task's thread; deeper ones are refused.
  @Test func `nested models`() async throws {
    func nest(_ depth: Int) -> String {
      var model = activation("innermost")
      for level in 0..<depth { model = sequential(model, name: "m\(level)") }
      return sequential("\(input),\(model)")
    }
    let (deep, deeper) = (nest(60), nest(2_000))
    let counts = await withCheckedContinuation { continuation in
      let thread = Thread {
        continuation.resume(
          returning: [deep, deeper].map { try? load($0).layers.count })
      }
      thread.stackSize = 512 << 10
      thread.start()
    }
    #expect(counts[0] ?? 0 >= 1)
    #expect(counts[1] == nil)
    let problem = #expect(throws: KerasError.Problem.self) { try load(deeper) }
    guard case .exceedsLimits? = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
  }

  /// A model that calls one ten times that calls one ten times, and so on, without a layer of its own: 10⁹ calls.
  @Test func `calls of calls`() throws {
    func reference(_ name: String, _ call: Int = 0) -> String { #"["\#(name)", \#(call), 0, {}]"# }
    let shape = #""batch_input_shape": [null, 4]"#
    func model(_ level: Int) -> String {
      let x = "x\(level)"
      var layers = [
        #"{"class_name": "InputLayer", "name": "\#(x)", "config": {"name": "\#(x)", \#(shape)}, "inbound_nodes": []}"#
      ]
      if level > 0 {
        let calls = (0..<10).map { _ in "[\(reference(x))]" }.joined(separator: ",")
        layers.append(
          model(level - 1).dropLast() + #", "inbound_nodes": [\#(calls)]}"#)
      }
      let ends = #"[["\#(x)", 0, 0], ["\#(x)", 0, 0]]"#
      return #"""
        {"class_name": "Functional", "name": "m\#(level)", "config": {"name": "m\#(level)", \#
        "layers": [\#(layers.joined(separator: ","))], "input_layers": [["\#(x)", 0, 0]], \#
        "output_layers": \#(ends)}}
        """#
    }
    let problem = #expect(throws: KerasError.Problem.self) {
      try load(model(9), ReadingLimits(nodes: 10_000))
    }
    guard case .exceedsLimits(let reason)? = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
    #expect(reason.contains("called more than 10000 times"))
  }

  /// Protects the memory that a configuration takes: a value takes far more than the two bytes that say it.
  @Test func `memory of a configuration`() {
    let numbers = String(repeating: "1,", count: 100_000) + "1"
    let layer = #"{"class_name": "Activation", "config": {"name": "a", "numbers": [\#(numbers)]}}"#
    let problem = #expect(throws: KerasError.Problem.self) {
      try load(
        sequential("\(input),\(layer)"), ReadingLimits(baseMemory: 1 << 20, memoryPerByte: 0))
    }
    guard case .exceedsLimits? = problem else {
      Issue.record("\(String(describing: problem))")
      return
    }
  }
}
