import FeatureVisualization
import Foundation
import NetworkFormats
import Testing

/// The recipes on a real network, minutes long: run with FEATUREVIS_LONG_TESTS=1 and BVLC GoogLeNet in the folder
/// that FEATUREVIS_DATA names or in ../shared/data.
@Suite(.enabled(if: RealNetwork.googLeNet != nil), .serialized)
struct GoogLeNetTests {
  private static let logits: LayerID = "loss3/classifier"
  private static let flamingo = 130

  private func network() throws -> NeuralNetwork {
    let file = try #require(RealNetwork.googLeNet)
    return try ONNXFile.load(file).network
  }

  @Test func `row 3 of Yosinski's table takes the flamingo's logit from nothing past 40`() throws {
    // PyTorch ends at 55.7 and 59.3 after 600 iterations, from −0.85 and −0.46, by seed.
    let network = try network()
    var start: Float?
    let visualization = try network.visualizeActivation(
      of: Self.logits, units: [Self.flamingo], preset: try .yosinski(3), iterations: 600, seed: 1
    ) { progress in
      start = start ?? progress.record.objectives[0]
    }
    let end = try #require(visualization.history.last?.objectives[0])
    let raw = try #require(visualization.raw)
    print(
      "Yosinski row 3, flamingo: start \(start ?? .nan), end \(end), best \(raw.scores[0]), "
        + "as shown \(visualization.scores[0])")
    #expect(try #require(start) < 5)
    #expect(end > 40)
    #expect(raw.scores[0] >= end)
  }

  @Test func `with the softmax kept the class stays far weaker`() throws {
    let network = try network()
    let swapped = try network.replacingFinalActivations()
    var preset = Preset.kerasVis
    preset.inputModifiers = [.jitter(16)]
    preset.regularizers = 10 * LpNorm(p: 6) + 0.1 * TotalVariation()
    func draw(_ network: NeuralNetwork) throws -> (Visualization, logit: Float) {
      let visualization = try network.visualizeActivation(
        of: "prob", units: [Self.flamingo], preset: preset, iterations: 60, seed: 1)
      let logits = try network.evaluate(visualization.pictures, at: Self.logits)
      return (visualization, logits[0, Self.flamingo])
    }
    let (kept, keptLogit) = try draw(network)
    let (linear, linearLogit) = try draw(swapped)
    print(
      "softmax kept: probability \(kept.scores[0]), logit \(keptLogit); swapped: logit \(linearLogit)"
    )
    #expect(kept.warnings.contains(.softmaxKept(layer: "prob")))
    #expect(linear.warnings.isEmpty)
    #expect(linearLogit > keptLogit + 5)
  }
}
