import Attribution
import CFVTestData
import NetworkFormats
import PictureFiles
import Testing

/// Protects maps of a real network and photo against those of captum and pytorch-grad-cam.
@Suite("Maps of GoogLeNet correlate with those of peers")
struct GoogLeNetMapTests {
  private struct Case {
    let question: AttributionQuestion
    let peers: PeerMaps
  }

  private func makeCase(layer: LayerID? = nil) throws -> Case? {
    guard let file = DataFolder.item("networks/googlenet-imagenet.onnx"),
      let photo = DataFolder.item("photos/parrot.png")
    else { return nil }
    let peers = try PeerMaps("googlenet")
    return Case(
      question: try AttributionQuestion(
        try ONNXFile.load(file).network,
        ActivationMaximization(layer: "loss3/classifier", units: peers.class),
        at: try Self.square(PictureFile(photo).read(.rgb)), layer: layer),
      peers: peers)
  }

  /// The square in the middle, 224 pixels wide, by nearest neighbours.
  private static func square(_ photo: Tensor) -> Tensor {
    let (height, width) = (photo.shape[1], photo.shape[2])
    let side = min(height, width)
    let places = (0..<224).map { Int((Double($0) + 0.5) * Double(side) / 224) }
    var elements: [Float] = []
    for y in places {
      for x in places {
        for c in 0..<3 {
          elements.append(photo[0, y + (height - side) / 2, x + (width - side) / 2, c])
        }
      }
    }
    return Tensor(shape: [1, 224, 224, 3], elements: elements)
  }

  /// Means over 8 × 8 pixels.
  private static func pooled(_ map: Tensor) -> [Float] {
    var sums = [Float](repeating: 0, count: 28 * 28)
    for (index, value) in map.elements.enumerated() {
      sums[index / 224 / 8 * 28 + index % 224 / 8] += value / 64
    }
    return sums
  }

  @Test("gradient methods")
  func gradients() throws {
    guard let one = try makeCase() else { return }
    let methods: [(String, any AttributionMethod)] = [
      ("gradient", Saliency(reduction: .sum)), ("saliency", .saliency),
      ("gradient-x-input", .gradientTimesInput),
      ("integrated-gradients", .integratedGradients(points: 20)),
      ("guided-backprop", .guidedBackprop), ("deconvolution", .deconvolution),
    ]
    for (name, method) in methods {
      let found = Self.pooled(try one.question.answer(by: method).values)
      let correlation = correlation(found, try one.peers(name))
      print("GoogLeNet \(name): correlation \(correlation)")
      #expect(correlation >= 0.999, "\(name): \(correlation)")
    }
  }

  @Test(
    "class activation maps of two layers",
    arguments: ["inception_5b", "inception_4d"])
  func activationMaps(layer: String) throws {
    guard let one = try makeCase(layer: .name("\(layer)/output")) else { return }
    let slopes = try one.question.layerSlopes()
    let methods: [any ClassActivationMap] = [
      GradCAM(), XGradCAM(), HiResCAM(), LayerCAM(), EigenCAM(), FEM(), GradCAMPlusPlus(),
    ]
    for method in methods {
      let found = method.positions(of: slopes).map { Float(max($0, 0)) }
      let negative = method.positions(of: slopes).map { Float(max(-$0, 0)) }
      let expected = try one.peers("\(method.name)-\(layer)")
      // The sign of the peer's Eigen-CAM is left to chance.
      let correlation =
        method is EigenCAM
        ? max(correlation(found, expected), correlation(negative, expected))
        : correlation(found, expected)
      print("GoogLeNet \(layer) \(method.name): correlation \(correlation)")
      #expect(correlation >= 0.999, "\(method.name): \(correlation)")
    }
  }

  @Test("the layer that is found is the last concatenation before the global pooling")
  func foundLayer() throws {
    guard let one = try makeCase() else { return }
    let slopes = try one.question.layerSlopes()
    #expect((slopes.rows, slopes.columns, slopes.channels) == (7, 7, 1024))
  }
}
