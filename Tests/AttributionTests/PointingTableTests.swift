import EmbeddedNetworks
import Foundation
import NetworkFormats
import Testing

@testable import Attribution

/// Not a test of the package but the measurement of a table in Docs/Attribution.md: see Scripts/measure-pointing.
@Suite("Where maps point")
struct PointingTableTests {
  @Test(
    "the share of maps whose largest number lies in the object",
    .enabled(if: ProcessInfo.processInfo.environment["FEATUREVIS_SCENES"] != nil))
  func table() throws {
    let folder = URL(
      fileURLWithPath: try #require(ProcessInfo.processInfo.environment["FEATUREVIS_SCENES"]))
    func array(_ name: String) throws -> Tensor {
      try NumPyFile(folder.appendingPathComponent(name + ".npy")).read()
    }
    let (pictures, regions, classes) = (
      try array("pictures"), try array("regions"), try array("classes")
    )
    let network = try NeuralNetwork.pictureNet()
    let methods: [any AttributionMethod] = [
      Saliency(), GradientTimesInput(), SmoothGrad(), IntegratedGradients(baseline: .gray),
      GradCAM(), GradCAMPlusPlus(), HiResCAM(), XGradCAM(), LayerCAM(), EigenCAM(), ScoreCAM(),
      ScoreCAM(channels: 10), AblationCAM(), Occlusion(window: 12, stride: 6, baseline: .gray),
      RISE(masks: 300, baseline: .gray), DeepLIFT(baseline: .gray),
      LayerwisePropagation(.epsilonPlus), LayerwisePropagation(.epsilonPlusFlat),
      LayerwisePropagation(.epsilonAlpha2Beta1), LayerwisePropagation(.epsilonGammaBox),
    ]
    let count = pictures.pictureCount
    let area = regions.sum / Double(regions.count)
    print("| (a pixel at random) | \(percent(area)) | |")
    // Names of methods, comma-separated, to measure these alone.
    let chosen = ProcessInfo.processInfo.environment["FEATUREVIS_METHODS"]?.split(separator: ",")
    for method in methods where chosen?.contains(where: { $0 == method.name }) ?? true {
      let clock = ContinuousClock()
      let start = clock.now
      var hits = 0
      for index in 0..<count {
        let question = try AttributionQuestion(
          network,
          ActivationMaximization(layer: "predictions", units: Int(classes.elements[index])),
          at: pictures.picture(index), batchSize: 16)
        let map = try question.answer(by: method)
        let region = regions.picture(index).reshaped(to: [96, 96])
        if try map.points(into: region) { hits += 1 }
      }
      let seconds = (clock.now - start) / count
      print("| \(method.name) | \(percent(Double(hits) / Double(count))) | \(seconds) |")
      #expect(hits > 0)
    }
  }

  private func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }
}
