import EmbeddedNetworks
import FeatureVisualization
import Testing

@Suite("PictureNet") struct PictureNetTests {
  private let network: NeuralNetwork

  init() throws { network = try NeuralNetwork.pictureNet() }

  /// Protects what the documentation promises: classes, size, layers, and how small it is.
  @Test func isWhatIsPromised() throws {
    let labels = try #require(network.labels)
    #expect(labels.count >= 20 && Set(labels).count == labels.count)
    #expect(network.inputs.map(\.presentedShape).first == [nil, 96, 96, 3])
    #expect(network.parameterCount <= 2_000_000)
    #expect(network.scoreLayer == "predictions")
    let picture = Tensor(shape: [1, 96, 96, 3], repeating: 0.5)
    #expect(try network.evaluate(picture, at: "predictions").shape == [1, labels.count])
    let probabilities = try network.evaluate(picture, at: "probabilities").elements
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-4)
  }

  /// Protects the ten lines of the README's beginning: a class by its label, recognised afterwards.
  @Test func drawsAClassByItsLabel() throws {
    let flamingo = try network.visualizeActivation(
      of: "predictions", units: ["flamingo"], iterations: 60)
    let scores = try network.evaluate(flamingo.pictures, at: "predictions").elements
    let best = try #require(scores.indices.max { scores[$0] < scores[$1] })
    #expect(network.label(of: best) == "flamingo")
    #expect(flamingo.scores[0] > flamingo.history[0].objectives[0])
  }

  /// Protects labels as another way to say an index: the same bytes.
  @Test func labelsAndIndicesAreTheSame() throws {
    let unit = try network.unit(labeled: "hot-air balloon")
    let byLabel = try network.visualizeActivation(
      of: "predictions", units: ["hot-air balloon"], iterations: 2)
    let byIndex = try network.visualizeActivation(
      of: "predictions", units: [unit], iterations: 2)
    #expect(byLabel.pictures == byIndex.pictures)
  }

  /// Protects people who mistype a label, or ask a layer for a class that it has none of.
  @Test func labelsThatAreNot() throws {
    func message(_ layer: LayerID, _ label: String) -> String {
      do {
        _ = try network.visualizeActivation(of: layer, units: label, iterations: 1)
        return "no error"
      } catch { return "\(error)" }
    }
    #expect(message("predictions", "flamigo") == "no class 'flamigo'; did you mean 'flamingo'?")
    #expect(message("stem", "flamingo").contains("labels are another layer's"))
  }
}
