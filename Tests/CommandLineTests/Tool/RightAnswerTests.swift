import CFVTestData
import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles
import Testing

/// Protects people whose question is reasonable from a wrong answer without a word: each file once had one.
///
/// `ScoreTests` has two more, a saturated sigmoid and a recipe of its own size.
@Suite("featurevis and questions once answered wrongly") struct RightAnswerTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try PictureFile(folder.file("p.png")).write(.samplePicture(height: 32, width: 32))
  }

  private func run(_ arguments: String...) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.run(arguments, in: folder)
  }

  private var pictures: Set<String> {
    get throws { Set(try folder.contents.keys).subtracting(["p.png"]) }
  }

  private struct Guess: Decodable {
    let unit: Int
    let value: Float
  }

  private func guesses(_ network: URL, _ picture: String) throws -> [Int: Float] {
    let outcome = try run("predict", network.path, "--image", picture, "--range", "0,1", "--json")
    try #require(outcome.status == 0, "\(outcome.errors)")
    let guesses = try JSONDecoder().decode([Guess].self, from: Data(outcome.output.utf8))
    return Dictionary(uniqueKeysWithValues: guesses.map { ($0.unit, $0.value) })
  }

  /// A reshape to [−1, 400] makes four rows of a picture of 16×16: no row is the picture's score.
  @Test func rowsThatAreNoPictures() throws {
    guard let file = DataFolder.item("cases/view-minus-one.onnx") else { return }
    let outcome = try run(
      "visualize", file.path, "--range", "0,1", "--preset", "erhan", "--units", "0", "--size", "16")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("does not have one row for each of 1 picture"))
    #expect(try pictures.isEmpty)
  }

  /// Ranked by the objective alone, the noise before the first step stayed the best of any number of steps.
  @Test func morePicturesThanTheStart() throws {
    guard let file = DataFolder.item("networks/resnet8-cifar10.keras") else { return }
    for steps in ["1", "200"] {
      let outcome = try run(
        "visualize", file.path, "--preset", "keras-vis", "--units", "deer", "--steps", steps,
        "--output", "\(steps).png")
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    #expect(try folder.bytes("1.png") != folder.bytes("200.png"))
  }

  /// Of two softmaxes `visualize` took the one, and `predict` the other.
  @Test func oneOutputForEveryCommand() throws {
    guard let file = DataFolder.item("cases/two-softmax-heads.onnx") else { return }
    let drawn = try run("visualize", file.path, "--range", "0,1", "--units", "4", "--steps", "2")
    #expect(drawn.status == 0)
    #expect(drawn.errors.contains("'mainprob' is taken for the scores"))
    #expect(try pictures == ["main-4.png"])
    #expect(try guesses(file, "p.png").keys.sorted() == [0, 1, 2, 3, 4])
  }

  /// The picture is the second input: without a word about the first, nothing can be drawn.
  @Test func whatTheOtherInputHolds() throws {
    guard let file = DataFolder.item("cases/two-inputs-image-second.onnx") else { return }
    let draw = ["visualize", file.path, "--range", "0,1", "--units", "0", "--steps", "2"]
    let unsaid = try CommandLineProgram.featurevis.run(draw, in: folder)
    #expect(unsaid.status == 1)
    #expect(unsaid.errors.contains("--input-name img --hold meta=0"), "\(unsaid.errors)")
    _ = try CommandLineProgram.featurevis.succeed(draw + ["--hold", "meta=0.5"], in: folder)
    #expect(try PictureFile(folder.file("y-0.png")).read().shape == [1, 16, 16, 3])
  }

  /// The camera was held sideways: black is left, white is right, and the network's units are upper and left half.
  @Test func orientation() throws {
    guard let network = DataFolder.item("cases/halves.onnx"),
      let picture = DataFolder.item("cases/top-exif6.jpg")
    else { return }
    let halves = try guesses(network, picture.path)
    // The file is twice as wide as the input, so that the halves mix by a hundredth at their border.
    #expect(abs(try #require(halves[0]) - 0.004) < 0.01)
    #expect(abs(try #require(halves[1]) - 0.5) < 0.01)
  }

  /// The logarithm of negative numbers was drawn, with a score of −nan and exit status 0.
  @Test func notANumber() throws {
    try ONNXFile.write(SeveralHeads.logarithm(), to: folder.file("logarithm.onnx"))
    for file in [folder.file("logarithm.onnx"), DataFolder.item("cases/nan-log.onnx")] {
      guard let file else { continue }
      let outcome = try run("visualize", file.path, "--range", "0,1", "--units", "0")
      #expect(outcome.status == 1)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains("Error: nothing is drawn"), "\(outcome.errors)")
      #expect(outcome.errors.contains("'log'"), "\(outcome.errors)")
      #expect(try pictures == ["logarithm.onnx"])
    }
  }
}
