import CFVTestData
import ConvolutionalNetworks
import FeatureVisualization
import FeatureVisualizationTestSupport
import Foundation
import NetworkFormats
import Testing

/// Protects gradients on a network as people use it: those of BVLC GoogLeNet at a photo are those that torch-lucent's objectives
/// have on PyTorch in float64, within a hundredth: rectifiers and maxima are decided by rounding. The photo of 64×64 is enlarged
/// to what the network declares, by both.
struct PeerGoogLeNetTests {
  private static let layer: LayerID = "inception_4c/3x3"

  /// lucent's objectives are made small.
  private static func objective(_ name: String, _ vector: Tensor) -> Objective? {
    switch name {
    case "channel": -ActivationMaximization(layer: layer, units: 40).objective
    case "neuron":
      -ActivationMaximization(
        layer: "inception_4e/3x3", units: 40, at: .cell(row: 5, column: 9)
      ).objective
    case "direction": -Direction(layer: layer, vector, by: .cosine).objective
    case "diversity": Diversity(layer: "inception_3b/output").asObjective
    default: nil
    }
  }

  @Test(arguments: ["channel", "neuron", "direction", "diversity"])
  func `a gradient is torch-lucent's`(name: String) throws {
    guard let url = DataFolder.item("networks/googlenet-imagenet.onnx") else { return }
    let file = try #require(
      Bundle.module.url(
        forResource: "peers-googlenet", withExtension: "safetensors", subdirectory: "Fixtures"))
    let reference = try SafetensorsReader(file)
    let picture = try reference.tensor("picture")
    // The photo, and for a batch its mirror image.
    let pictures = name == "diversity" ? picture.withMirrorImage : picture
    let objective = try #require(Self.objective(name, try reference.tensor("vector")))
    let evaluation = try ObjectiveEvaluator(
      ONNXFile.load(url).network, objective, height: 64, width: 64, count: pictures.shape[0]
    ).evaluate(at: pictures)
    let value = evaluation.values.reduce(0, +)
    let expected = try reference.tensor(name + ".value").elements[0]
    #expect(abs(value - expected) <= 1e-3 * abs(expected), "\(value), not \(expected)")
    let found = Tensor(
      shape: picture.shape, elements: Array(evaluation.gradient.elements[..<picture.count]))
    let error = DoubleTensor(found)
      .relativeL2Error(from: DoubleTensor(try reference.tensor(name)))
    #expect(error < 1e-2)
  }
}

extension Tensor {
  /// A picture and its mirror image, `[2, H, W, C]`.
  fileprivate var withMirrorImage: Tensor {
    let (width, channels) = (shape[2], shape[3])
    let mirrored = (0..<count).map { index in
      let (pixel, channel) = index.quotientAndRemainder(dividingBy: channels)
      let (row, column) = pixel.quotientAndRemainder(dividingBy: width)
      return elements[(row * width + width - 1 - column) * channels + channel]
    }
    return Tensor(shape: [2] + shape.dropFirst(), elements: elements + mirrored)
  }
}
