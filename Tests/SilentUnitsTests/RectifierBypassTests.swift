import CFVTestData
import FeatureVisualization
import KerasNetworkFormat
import NetworkFormats
import Testing

@testable import SilentUnits

/// What a unit is before its activation, found through whatever leaves units what they are.
struct RectifierBypassTests {
  /// Protects joints whose branches read one another: each rectifier is passed by for the layer alone, and all else stays.
  @Test func joint() throws {
    let network = try SmallNetworks.joined()
    let bypass = try #require(try RectifierBypass(of: network, before: "out"))
    #expect(bypass.restsAtZero)
    for value in [Float(0.5), 0.9] {
      let picture = Tensor(shape: [1, 12, 12, 3], repeating: value)
      let before = try bypass.network.evaluate(picture, at: bypass.layer).elements
      let first = 3 * value - 2
      #expect(abs(before[0] - first) < 1e-5)
      #expect(abs(before[1] - (2 * max(first, 0) - 1.5)) < 1e-5)
      #expect(
        try bypass.network.evaluate(picture, at: "out") == network.evaluate(picture, at: "out"))
    }
  }

  /// Protects layers that nothing silences, and those that rest elsewhere than at 0.
  @Test func others() throws {
    let network = try SmallNetworks.joined()
    #expect(try RectifierBypass(of: network, before: "sum") == nil)
    #expect(throws: VisualizationError.self) {
      _ = try RectifierBypass(of: network, before: "absent")
    }
    let clipped = try NeuralNetwork(
      layout: .channelsLast, inputs: [try SmallNetworks.input()],
      layers: [
        Layer("clip", Activation(.clip(minimum: -1, maximum: 1)), inputs: ["picture"])
      ], outputs: ["clip"])
    #expect(try RectifierBypass(of: clipped, before: "clip")?.restsAtZero == false)
  }

  /// Protects files that gave 0 for every seed: both respond once the value before the rectifier is climbed.
  @Test func files() throws {
    func score(_ network: NeuralNetwork, _ layer: LayerID) throws -> Float {
      let search = try SilentUnitSearch(
        network.specifying(InputSpecification()), ActivationMaximization(layer: layer, units: 0))
      let found = try search.visualizeActivation(preset: .lucid.with(\.iterations, 64))
      #expect(!found.isDead, "\(found.attempts)")
      return found.visualization.scores[0]
    }
    if let file = DataFolder.item("cases/dead-relu.onnx") {
      #expect(try score(ONNXFile.load(file).network, "r1") > 0)
    }
    if let file = DataFolder.item("cases/dead-fused-relu.keras") {
      #expect(try score(KerasFile.load(file).network, "c") > 0)
    }
  }
}
