import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import NetworkArchitectures
import Testing

/// Protects the promise that a picture in a batch is what it is alone in networks as they are published: convolutions of
/// every kind, dense layers of many weights, layers over tokens.
///
/// At small sizes, at which the algorithms are chosen between; as published under FEATUREVIS_LONG_TESTS.
@Suite(.serialized) struct BatchInvarianceTests {
  private static let isLong = ProcessInfo.processInfo.environment["FEATUREVIS_LONG_TESTS"] != nil

  @Test(arguments: [
    ("alexnet", 224), ("convnext-tiny", 64), ("resnet20-cifar", 32), ("bvlc-googlenet", 64),
  ])
  func aPictureIsWhatItIsAlone(name: String, side: Int) throws {
    guard Architecture.all.contains(where: { $0.name == name }) else {
      Issue.record("there is no \(name)")
      return
    }
    let network = try Architecture(named: name).randomNetwork()
    let input = try #require(network.inputs.first)
    let shape = [1, side, side, input.presentedShape[3] ?? 3]
    let scores = network.scoreLayer
    let comparison = try BatchComparison(
      network, shapes: [input.name: shape], taps: [TapRequest(scores)], pictures: 2)
    for batch in Self.isLong ? [1, 2, 5, 33, 64] : [2, 5, 33] {
      let differences = try comparison.differences(batch: batch)
      #expect(
        differences.isEmpty,
        "\(differences.count) of \(comparison.comparisons(batch: batch)): \(differences[0])")
    }
  }
}
