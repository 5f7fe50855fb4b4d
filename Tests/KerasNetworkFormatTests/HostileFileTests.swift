import ConvolutionalNetworks
import Foundation
import NetworkFormats
import Testing

@testable import KerasNetworkFormat

/// Protects the machine from a file: nothing outside it is read as weights, no plugin is loaded for it, and what it
/// claims is not allocated. `make_hostile_fixtures.py` makes the files.
@Suite struct HostileFileTests {
  private func url(_ name: String) throws -> URL {
    try Fixture("plain").url.deletingLastPathComponent()
      .appendingPathComponent("Hostile/\(name).h5")
  }

  /// Protects that the others are refused for what is wrong with them.
  @Test(arguments: ["plain", "compressed"]) func `sound ones load`(name: String) throws {
    let network = try KerasFile.load(try url(name)).network
    let dense = try #require(network.layers.first?.operation as? Dense)
    #expect(dense.weights.elements == [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])
    let weights = try KerasFile.weights(try url(name))
    #expect(try weights.tensor(named: "d/kernel").elements == (0..<12).map { Float($0) })
  }

  @Test(
    arguments: [
      ("external_storage", "kernel", "a dataset in external storage"),
      ("virtual", "kernel", "a virtual dataset"),
      ("unlimited_virtual", "kernel", "a virtual dataset"),
      ("external_link", "/model_weights/d/d/kernel:0", "an external link"),
      ("soft_link", "/model_weights/d/d/kernel:0", "a soft link"),
      ("dangling_link", "/model_weights/d/d/kernel:0", "a soft link"),
      ("link_loop", "/model_weights/d/d/kernel:0", "a soft link"),
      ("soft_to_external", "/model_weights/d/d/kernel:0", "a soft link"),
      ("user_link", "/model_weights/d/d/kernel:0", "a link of an unknown kind"),
      ("external_group", "/model_weights/d", "an external link"),
      ("soft_group", "/model_weights/d", "a soft link"),
    ])
  func `what may lead out of the file`(name: String, path: String, what: String) throws {
    let url = try url(name)
    let error = #expect(throws: KerasError.self) { try KerasFile.load(url) }
    #expect(error?.problem == .outside(path: path, what: what))
    // Weights alone are named by layer and name.
    let weights = #expect(throws: KerasError.self) { try KerasFile.weights(url) }
    guard case .outside(let weight, what)? = weights?.problem else {
      Issue.record("\(String(describing: weights))")
      return
    }
    #expect(weight == path || weight == "d/kernel")
  }

  @Test(
    arguments: [
      ("unknown_filter", "stored with filter 32000"), ("deflated_twice", "applied twice"),
      ("no_data", "0 bytes of data"), ("huge", "cannot be"),
      ("inflating_chunk", "does not become 48 bytes"), ("short_chunk", "does not become 48 bytes"),
    ])
  func `what a dataset claims`(name: String, words: String) throws {
    let error = #expect(throws: KerasError.self) { try KerasFile.load(try url(name)) }
    guard case .weightData(_, let reason)? = error?.problem else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains(words), "\(reason)")
  }

  /// `repeated_text` lists 2000 names that are all the same 256 kB of the file; each would be allocated.
  @Test(arguments: ["huge_chunk", "repeated_text"])
  func `more than the budget`(name: String) throws {
    let error = #expect(throws: KerasError.self) { try KerasFile.load(try url(name)) }
    guard case .exceedsLimits(let reason)? = error?.problem else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("ReadingLimits"))
  }

  /// Protects that the limits given count, for whole models and for weights.
  @Test func `limits can be set`() throws {
    let narrow = ReadingLimits(baseMemory: 0, memoryPerByte: 0)
    let url = try url("plain")
    #expect(throws: KerasError.self) { try KerasFile.load(url, limits: narrow) }
    #expect(throws: KerasError.self) { try KerasFile.weights(url, limits: narrow) }
    #expect(throws: KerasError.self) {
      try KerasFile.load(url, limits: ReadingLimits(nodes: 0))
    }
  }

  /// Protects against waiting for ever for the writer of a pipe.
  @Test func `a pipe is no file`() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).h5")
    try #require(mkfifo(url.path, 0o600) == 0)
    defer { unlink(url.path) }
    for read in [{ _ = try KerasFile.load(url) }, { _ = try KerasFile.weights(url) }] {
      let error = #expect(throws: KerasError.self) { try read() }
      guard case .unreadable(let reason)? = error?.problem else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.contains("pipe"))
    }
  }
}
