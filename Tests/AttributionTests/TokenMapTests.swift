import Foundation
import NetworkFormats
import Testing

@testable import Attribution

/// Protects that a transformer's tokens make a map without a function that users write, which the commonest questions to
/// pytorch-grad-cam are about.
@Suite("Tokens are laid out as maps")
struct TokenMapTests {
  @Test("behind a class token the tokens are those that the last attention reads")
  func classToken() throws {
    let network = try TinyTransformer.make()
    let objective = ActivationMaximization(layer: "logits", units: [2])
    let question = try AttributionQuestion(network, objective, at: TinyTransformer.picture)
    let positioned = try question.positionedLayer()
    #expect(positioned.layer == "norm1")
    #expect(positioned.grid.rows == 3 && positioned.grid.columns == 2)
    #expect(positioned.grid.leadingTokens == 1 && positioned.grid.trailingTokens == 0)

    // Token 1 + 2y + x is the patch at row y and column x.
    let tokens = try network.evaluate(TinyTransformer.picture, at: "norm1")
    let slopes = try network.gradient(
      of: "logits", at: TinyTransformer.picture, for: 2, withRespectTo: "norm1")
    let found = try question.layerSlopes()
    #expect(found.activations == Array(tokens.elements[8...]))
    #expect(found.gradient == Array(slopes.elements[8...]))
    #expect(found.gradient.contains { $0 != 0 })
    let expected = (0..<6).map { position in
      (0..<8).reduce(Float(0)) { sum, channel in
        let weight = (0..<6).reduce(Float(0)) { $0 + slopes[0, 1 + $1, channel] } / 6
        return sum + weight * tokens[0, 1 + position, channel]
      }
    }
    let map = GradCAM().positions(of: found).map { Float($0) }
    #expect(relativeDifference(map, expected) < 1e-5)
    #expect(try question.answer(by: .gradCAM()).values.shape == [1, 12, 8, 1])
  }

  @Test("where all tokens are pooled, the last ones are taken")
  func pooled() throws {
    let question = try AttributionQuestion(
      try TinyTransformer.make(pooled: true), ActivationMaximization(layer: "logits", units: [2]),
      at: TinyTransformer.picture)
    #expect(try question.positionedLayer().layer == "added")
  }

  @Test("attention between tokens is no map, and a layer behind the class token is not reached")
  func noMaps() throws {
    let network = try TinyTransformer.make()
    func layer(_ name: LayerID, of target: LayerID) throws -> PositionedLayer {
      try AttributionQuestion(
        network, ActivationMaximization(layer: target), at: TinyTransformer.picture, layer: name
      ).positionedLayer()
    }
    #expect(throws: VisualizationError.noPositions(layer: "scores", shape: [1, 7, 7])) {
      try layer("scores", of: "logits")
    }
    #expect(throws: VisualizationError.noPositions(layer: "flat", shape: [1, 8])) {
      try layer("flat", of: "logits")
    }
    #expect(throws: VisualizationError.unreachedLayer("logits")) {
      try layer("logits", of: "norm1")
    }
    #expect(throws: VisualizationError.self) { try layer("nothing", of: "logits") }
  }

  @Test("stages of a Swin transformer, shifted windows between them, have maps of their grids")
  func swin() throws {
    let network = try TinySwin.make()
    func positioned(_ layer: LayerID?) throws -> PositionedLayer {
      try AttributionQuestion(
        network, ActivationMaximization(layer: "logits", units: [1]), at: TinySwin.picture,
        layer: layer
      ).positionedLayer()
    }
    let last = try positioned(nil)
    #expect(last.layer == "norm2")
    #expect((last.grid.rows, last.grid.columns, last.grid.channels) == (4, 6, 8))
    for layer: LayerID in ["norm1", "block1"] {
      let grid = try positioned(layer).grid
      #expect((grid.rows, grid.columns, grid.channels) == (8, 12, 4))
    }
    #expect(throws: VisualizationError.noPositions(layer: "mixed", shape: [6, 16, 4])) {
      try positioned("mixed")
    }
    let map = try network.attribution(
      of: "logits", at: TinySwin.picture, for: 1, by: .hiResCAM, layer: "block1")
    #expect(map.values.shape == [1, 32, 48, 1] && map.values.maximum() ?? 0 > 0)
  }

  @Test(
    "PyTorch's exports of a ViT, a distilled ViT and a ConvNeXt have maps of their grids",
    arguments: ["vit", "deit", "convnext"], ["torchscript", "torchscript-14", "dynamo"])
  func exports(name: String, exporter: String) throws {
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent("NetworkFormatsTests/ONNX/TransformerFixtures")
    let network = try ONNXFile.load(
      fixtures.appendingPathComponent("\(name)-\(exporter).onnx")
    ).network.specifying(try InputSpecification())
    let side = name == "convnext" ? 32 : 16
    var generator = SeededGenerator(seed: 8)
    let picture = Tensor(
      shape: [1, side, side, 3],
      elements: (0..<side * side * 3).map { _ in Float(generator.uniform()) })
    let question = try AttributionQuestion(
      network, ActivationMaximization(layer: network.scoreLayer, units: [1]), at: picture)
    let positioned = try question.positionedLayer()
    let (extent, leading) = ["vit": (4, 1), "deit": (4, 2), "convnext": (2, 0)][name]!
    #expect(positioned.grid.rows == extent && positioned.grid.columns == extent)
    #expect(positioned.grid.leadingTokens == leading)
    #expect(positioned.grid.channels == 24)
    let found = try question.layerSlopes()
    let positions = found.sums { _, slope in abs(slope) }
    #expect(positions.allSatisfy { $0 > 0 }, "every patch reaches the class")
    #expect(try question.answer(by: .hiResCAM).values.shape == [1, side, side, 1])
  }
}
