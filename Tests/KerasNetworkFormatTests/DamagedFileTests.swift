import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import KerasNetworkFormat

/// Protects against crashes: a damaged file is an error that names the file.
///
/// libhdf5 itself is no match for every malformed file, so that bytes are only changed where our own checks
/// come first: in the superblock.
@Suite struct DamagedFileTests {
  private func load(_ bytes: Data, name: String = "damaged.h5") throws -> NeuralNetwork {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("keras-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let url = folder.appendingPathComponent(name)
    try bytes.write(to: url)
    do { return try KerasFile.load(url).network } catch {
      #expect(error.file == url.path)
      throw error
    }
  }

  @Test func truncated() throws {
    let bytes = try Data(contentsOf: Fixture("sequential").url)
    let cuts = Array(0..<130) + (1..<60).map { bytes.count * $0 / 60 } + [bytes.count - 1]
    for cut in cuts {
      #expect(throws: KerasError.self, "cut after \(cut) of \(bytes.count) bytes") {
        try load(bytes.prefix(cut))
      }
    }
  }

  @Test func text() throws {
    let text = Data(String(repeating: "not a model. ", count: 100).utf8)
    let error = #expect(throws: KerasError.self) { try load(text) }
    #expect(error?.problem == .notHDF5(reason: "it does not begin with HDF5's signature"))
  }

  /// Protects against an archive that is cut off or lacks a part.
  @Test func `truncated archive`() throws {
    let bytes = try Data(contentsOf: Fixture("pooled").archive)
    for cut in stride(from: 0, to: bytes.count, by: 97) {
      #expect(throws: KerasError.self, "cut after \(cut) of \(bytes.count) bytes") {
        try load(bytes.prefix(cut), name: "damaged.keras")
      }
    }
    var renamed = bytes
    // The directory's name of the entry and the entry's own.
    while let place = renamed.range(of: Data("config.json".utf8)) {
      renamed.replaceSubrange(place, with: Data("xonfig.json".utf8))
    }
    let error = #expect(throws: KerasError.self) { try load(renamed, name: "damaged.keras") }
    #expect(error?.problem == .weightsOnly, "what is left is weights without a model")
  }

  @Test func `superblock with changed bytes`() throws {
    let bytes = try Data(contentsOf: Fixture("sequential").url)
    var random = SeededTensors(seed: 11)
    var refused = 0
    for _ in 0..<300 {
      var mutated = bytes
      // The signature and version, the sizes of offsets and lengths, the base address, the end of the file.
      let places = Array(0..<9) + [13, 14] + Array(24..<32) + Array(41..<48)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        mutated[places.randomElement(using: &random) ?? 0] = UInt8.random(
          in: 0...255, using: &random)
      }
      if mutated == bytes { continue }
      do { _ = try load(mutated) } catch is KerasError { refused += 1 }
    }
    #expect(refused > 290)
  }

  /// Protects the order of things: a wrong shape is refused before its numbers are read.
  @Test func `weights of another shape`() throws {
    var bytes = try Data(contentsOf: Fixture("sequential").url)
    // The configuration is text: as many digits, another number.
    let units = try #require(bytes.range(of: Data("\"units\": 6".utf8)))
    bytes.replaceSubrange(units, with: Data("\"units\": 9".utf8))
    let error = #expect(throws: KerasError.self) { try load(bytes) }
    #expect(error?.layer?.hasPrefix("dense") ?? false)
    guard case .weightShape(_, [nil, 9], _) = error?.problem else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
