import EmbeddedNetworks
import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Protects the promise that a picture in a batch is what it is alone, which galleries of the networks in the box rest on.
@Suite(.serialized) struct BatchInvarianceTests {
  @Test(arguments: [
    (EmbeddedNetwork.pictureNet, 96), (.pictureNet, 128), (.pictureNet, 111),
    (.pictureTransformer, 96),
  ])
  func aPictureIsWhatItIsAlone(name: EmbeddedNetwork, side: Int) throws {
    let network = try name.network()
    let input = try #require(network.inputs.first)
    let comparison = try BatchComparison(
      network, shapes: [input.name: [1, side, side, 3]], taps: [TapRequest("predictions")])
    for batch in [1, 2, 5, 33, 64] {
      let differences = try comparison.differences(batch: batch)
      #expect(
        differences.isEmpty,
        "\(differences.count) of \(comparison.comparisons(batch: batch)): \(differences[0])")
    }
  }
}
