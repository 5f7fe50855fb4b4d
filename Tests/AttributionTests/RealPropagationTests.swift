import CFVTestData
import NetworkFormats
import Testing

@testable import Attribution

@Suite("Propagation through GoogLeNet")
struct RealPropagationTests {
  @Test("maps go with those of Zennit and captum, and sum to what they should")
  func googLeNet() throws {
    guard let file = DataFolder.item("networks/googlenet-imagenet.onnx"),
      let references = DataFolder.item("references/googlenet-imagenet.safetensors")
    else { return }
    let network = try ONNXFile.load(file).network
    let seen = try StateDictionary(contentsOf: references).tensor(named: "input")
    let picture = Self.picture(seen.picture(0))
    let question = try AttributionQuestion(
      network, ActivationMaximization(layer: "loss3/classifier", units: 88), at: picture)
    let methods: [(String, any AttributionMethod)] = [
      ("epsilon-plus", LayerwisePropagation(.epsilonPlus)),
      ("epsilon-plus-flat", LayerwisePropagation(.epsilonPlusFlat)),
      ("epsilon-alpha2-beta1", LayerwisePropagation(.epsilonAlpha2Beta1)),
      ("epsilon-gamma-box", LayerwisePropagation(.epsilonGammaBox)),
      ("epsilon", LayerwisePropagation(.uniform(EpsilonRule()))),
      ("deep-lift", DeepLIFT(baseline: .networkZero)),
      ("occlusion", Occlusion(window: 56, stride: 28, baseline: .networkZero)),
    ]
    let expected = try PropagationNetwork.fixture("googlenet")
    for (index, (name, method)) in methods.enumerated() {
      let clock = ContinuousClock()
      let start = clock.now
      let map = try question.answer(by: method).values
      let correlation = map.summed(by: 4).correlation(with: expected.picture(index))
      print("\(name): correlation \(correlation), sum \(map.sum), \(clock.now - start)")
      #expect(correlation > 0.999, "\(name)")
    }
    let deepLIFT = try question.answer(by: .deepLIFT(baseline: .networkZero)).values.sum
    let values = try question.values(
      at: Tensor(stacking: [picture, try Baseline.networkZero.picture(for: question)]))
    #expect(abs(deepLIFT - Double(values[0] - values[1])) < 0.02)
  }

  /// A picture in 0…1 for what the network sees: blue first, in 0…255 less the mean.
  private static func picture(_ seen: Tensor) -> Tensor {
    let (mean, elements): ([Float], [Float]) = ([104, 117, 123], seen.elements)
    return Tensor(
      shape: seen.shape,
      elements: elements.indices.map { index in
        let blueFirst = index / 3 * 3 + 2 - index % 3
        return min(max((elements[blueFirst] + mean[2 - index % 3]) / 255, 0), 1)
      })
  }
}

extension Tensor {
  /// Sums over squares of pixels of a map `[1, H, W, 1]`.
  fileprivate func summed(by side: Int) -> Tensor {
    let (height, width) = (shape[1] / side, shape[2] / side)
    var sums = [Float](repeating: 0, count: height * width)
    for (pixel, value) in elements.enumerated() {
      sums[pixel / shape[2] / side * width + pixel % shape[2] / side] += value
    }
    return Tensor(shape: [1, height, width, 1], elements: sums)
  }
}
