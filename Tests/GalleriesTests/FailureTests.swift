import FeatureVisualization
import Foundation
import Testing

@testable import Galleries

@Suite("Units that fail") struct FailureTests {
  /// `y` of three units, of which the second is the logarithm of a negative number.
  private func network() throws -> NeuralNetwork {
    try SampleNetwork.network(
      [
        Layer("mean", GlobalPooling(.average), inputs: ["data"]),
        Layer("flat", Flatten(), inputs: ["mean"]),
        Layer(
          "linear",
          Dense(
            weights: Tensor(shape: [3, 3], elements: [1, 0, 0, 0, 0.001, 0, 0, 0, 1]),
            bias: Tensor(shape: [3], elements: [100, -100, 100])), inputs: ["flat"]),
        Layer("y", MathFunction.logarithm, inputs: ["linear"]),
      ], output: "y")
  }

  @Test(
    "A unit whose numbers are never finite is told and noted, and the others are what they are without it"
  )
  func neverFinite() throws {
    let (together, alone) = (
      try SampleGallery(network(), layers: ["y"]), try SampleGallery(network(), layers: ["y"])
    )
    let summary = try together.draw(batch: 4)
    #expect(summary.drawn == 3 && summary.remaining == 0)
    #expect(summary.failures.map(\.unit.unit) == [1] && summary.failures[0].isFinal)
    let again = try together.draw()
    #expect(again.drawn == 0 && again.failures == summary.failures)
    try alone.draw(batch: 1)
    try together.merge()
    try alone.merge()
    #expect(try together.site == alone.site)
    #expect(try together.site.keys.filter { $0.hasSuffix(".png") }.count == 2)
    let manifest = String(decoding: try together.site["manifest.json"]!, as: UTF8.self)
    #expect(manifest.contains("\"failure\":\"its numbers are not finite"))
  }

  @Test(
    "A unit whose picture cannot be written is told, the rest goes on, and it is drawn another time"
  )
  func unwritable() throws {
    let sample = try SampleGallery()
    _ = try sample.gallery()
    // A folder where the picture of one unit should be.
    let place = sample.file("pictures/000-conv1/000/0002.png")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    var failed: [GalleryUnit] = []
    let summary = try sample.gallery().draw(by: sample.drawing()) { event in
      if case .failed(let unit, _) = event { failed.append(unit) }
    }
    #expect(failed == [GalleryUnit(layer: "conv1", unit: 2)])
    #expect(summary.drawn == 13 && summary.failures.map(\.isFinal) == [false])
    #expect(throws: GalleryError.self) { try sample.merge() }
    try FileManager.default.removeItem(at: place)
    #expect(try sample.draw().drawn == 1)
    try sample.merge()
  }

  @Test("Where nothing can be written any more, drawing ends with the reason")
  func nothingWritable() throws {
    let sample = try SampleGallery()
    _ = try sample.gallery()
    try Data().write(to: sample.file("pictures"))
    #expect { try sample.draw() } throws: { "\($0)".contains("cannot write") }
  }

  @Test("A batch that memory does not allow becomes smaller, and its pictures stay what they are")
  func memory() throws {
    let (roomy, narrow) = (try SampleGallery(), try SampleGallery())
    try roomy.finish()
    var preset = narrow.preset
    preset.memoryLimit = 150_000
    let drawing = try GalleryDrawing(narrow.network, preset: preset, batch: 64)
    var sizes: Set<Int> = []
    let summary = try narrow.gallery().draw(by: drawing) { event in
      if case .step(let step) = event { sizes.insert(step.units.count) }
    }
    #expect(summary.drawn == 14 && summary.failures.isEmpty)
    #expect(try #require(sizes.max()) < 5, "\(sizes)")
    try narrow.merge()
    #expect(try roomy.site == narrow.site)
  }
}
