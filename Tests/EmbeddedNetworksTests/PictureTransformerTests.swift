import EmbeddedNetworks
import FeatureVisualization
import FeatureVisualizationTestSupport
import Foundation
import NetworkFormats
import PictureFiles
import Testing

@Suite("PictureTransformer") struct PictureTransformerTests {
  private static let shown = ["flamingo", "zebra", "hot-air balloon"]

  private let network: NeuralNetwork

  init() throws { network = try NeuralNetwork.pictureTransformer() }

  @Test("what the documentation promises: PictureNet's classes, size, layers, and how small it is")
  func isWhatIsPromised() throws {
    let labels = try #require(network.labels)
    #expect(labels == (try NeuralNetwork.pictureNet().labels))
    #expect(network.inputs.map(\.presentedShape).first == [nil, 96, 96, 3])
    #expect(network.parameterCount <= 2_000_000)
    #expect(network.scoreLayer == "predictions")
    let picture = Tensor(shape: [1, 96, 96, 3], repeating: 0.5)
    #expect(try network.evaluate(picture, at: "predictions").shape == [1, labels.count])
    let probabilities = try network.evaluate(picture, at: "probabilities").elements
    #expect(abs(probabilities.reduce(0, +) - 1) < 1e-4)
  }

  @Test(
    "layers keep the names that users address them by",
    arguments: [
      ("patches", [1, 64, 160]), ("tokens", [1, 65, 160]), ("blocks/0/norm1", [1, 65, 160]),
      ("blocks/0/attention/query", [1, 65, 160]),
      ("blocks/0/attention/probabilities", [1, 5, 65, 65]),
      ("blocks/0/attention/heads", [1, 5, 65, 32]), ("blocks/0/attention", [1, 65, 160]),
      ("blocks/5/mlp/fc1", [1, 65, 640]), ("blocks/5/mlp/activation", [1, 65, 640]),
      ("blocks/5/mlp/fc2", [1, 65, 160]), ("blocks/5", [1, 65, 160]), ("class_token", [1, 160]),
    ])
  func layers(name: String, shape: [Int]) throws {
    let picture = Tensor(shape: [1, 96, 96, 3], repeating: 0.5)
    #expect(try network.evaluate(picture, at: .name(name)).shape == shape)
  }

  @Test(
    "logits and gradients are those of PyTorch in double precision, which a script in this folder wrote"
  )
  func computesWhatPyTorchDoes() throws {
    let logits = try NumPyFile(Self.fixture("transformer-logits.npy")).read()
    let gradient = try NumPyFile(Self.fixture("transformer-gradient.npy")).read()
    let classes = logits.shape[1]
    for (number, name) in Self.shown.enumerated() {
      let file = "transformer-\(name.replacingOccurrences(of: " ", with: "-")).png"
      let picture = try PictureFile(Self.fixture(file)).read(.rgb)
      let scores = try network.evaluate(picture, at: "predictions")
      let expected = Tensor(
        shape: [1, classes],
        elements: Array(logits.elements.dropFirst(number * classes).prefix(classes)))
      #expect(DoubleTensor(scores).largestRelativeError(from: DoubleTensor(expected)) < 1e-5)
      let slopes = try network.gradient(of: "predictions", at: picture, for: name)
      let expectedSlopes = Tensor(
        shape: slopes.shape,
        elements: Array(gradient.elements.dropFirst(number * slopes.count).prefix(slopes.count)))
      #expect(DoubleTensor(slopes).relativeL2Error(from: DoubleTensor(expectedSlopes)) < 1e-5)
      let best = try #require(
        scores.elements.indices.max { scores.elements[$0] < scores.elements[$1] })
      #expect(network.label(of: best) == name)
    }
  }

  @Test(
    "a class by its label is recognised afterwards, and patch tokens without the class token can be drawn"
  )
  func drawsClassesAndTokens() throws {
    let flamingo = try network.visualizeActivation(
      of: "predictions", units: "flamingo", iterations: 60)
    let scores = try network.evaluate(flamingo.pictures, at: "predictions").elements
    let best = try #require(scores.indices.max { scores[$0] < scores[$1] })
    #expect(network.label(of: best) == "flamingo")
    let unit = try network.visualizeActivation(
      of: "blocks/3/mlp/fc1", units: 7, in: .tokens(1...), iterations: 20)
    #expect(unit.scores[0] > unit.history[0].objectives[0])
  }

  private static func fixture(_ name: String) throws -> URL {
    let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    return folder.appendingPathComponent(name)
  }
}
