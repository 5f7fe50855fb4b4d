import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles
import Testing

/// Units that a recipe leaves silent: raised all the same, or reported as dead.
@Suite("featurevis visualize of silent units") struct SilentUnitTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    // Unit 0 responds to any picture, unit 1 to bright ones alone, and unit 2 to none.
    let network = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [NetworkInput("x", shape: [1, 3, 12, 12], channelAxis: 1)],
      layers: [
        Layer(
          "sum",
          Convolution(
            weights: Tensor(shape: [3, 1, 1, 3], repeating: 1),
            bias: Tensor(shape: [3], elements: [0, -2.4, -3.5])), inputs: ["x"]),
        Layer("relu", Activation(.relu), inputs: ["sum"]),
      ], outputs: ["relu"])
    try ONNXFile.write(network, to: folder.file("halves.onnx"))
    try Data(#"{"channelOrder": "RGB", "valueRange": [0, 1]}"#.utf8)
      .write(to: folder.file("halves.json"))
  }

  private struct Report: Decodable {
    struct Picture: Decodable {
      struct Search: Decodable {
        struct Attempt: Decodable {
          let way: String
          let starts: Int
          let highest: Float
          let raised: Bool
        }
        let dead, complete: Bool
        let attempts: [Attempt]
      }
      let score: Float
      let warnings: [String]
      let search: Search?
    }
    let pictures: [Picture]
  }

  private func visualize(_ arguments: String...) throws -> (CommandLineProgram.Outcome, Report) {
    let outcome = try CommandLineProgram.featurevis.succeed(
      [
        "visualize", "halves.onnx", "--layer", "relu", "--steps", "12", "--report", "r.json",
        "--transform", "",
      ] + arguments, in: folder)
    return (outcome, try JSONDecoder().decode(Report.self, from: folder.bytes("r.json")))
  }

  /// Protects the three answers: what responds is left alone, what is silent is woken, and what is dead is told with all that
  /// was tried, in the report too.
  @Test func threeUnits() throws {
    let (outcome, report) = try visualize("--units", "0,1,2", "--backprop", "guided")
    #expect(report.pictures.count == 3 && report.pictures[0].search == nil)
    let (woken, dead) = (
      try #require(report.pictures[1].search), try #require(report.pictures[2].search)
    )
    #expect(report.pictures[1].score > 0 && !woken.dead && woken.attempts.last?.raised == true)
    #expect(report.pictures[2].score == 0 && dead.dead && dead.complete)
    #expect(dead.attempts.map(\.starts) == [1, 32, 16])
    #expect(report.pictures[2].warnings.last?.hasPrefix("dead: nothing raised it: ") == true)
    #expect(outcome.errors.contains("note: relu 1: responds: "))
    #expect(outcome.errors.contains("warning: relu 2: dead: nothing raised it: "))
    #expect(outcome.errors.contains("32 × starts from noise"))
    #expect(outcome.errors.contains("natural pictures (--pictures FOLDER) have not been tried"))
    #expect(outcome.output.contains("relu-2.png  score 0  dead"))
  }

  /// Protects `--starts`: as many as are asked for, and none leaves the unit as it is.
  @Test func starts() throws {
    let (_, few) = try visualize("--units", "2", "--starts", "4")
    #expect(few.pictures[0].search?.attempts.map(\.starts) == [1, 4, 16])
    let (outcome, none) = try visualize("--units", "2", "--starts", "0")
    #expect(none.pictures[0].search == nil && !outcome.errors.contains("dead"))
    let wrong = try CommandLineProgram.featurevis.run(
      ["visualize", "halves.onnx", "--starts", "-1"], in: folder)
    #expect(wrong.status == 64 && wrong.errors.contains("--starts"))
  }

  /// Protects reports: a woken unit is drawn again by its recipe, to the same bytes.
  @Test func drawnAgain() throws {
    _ = try visualize("--units", "1", "--backprop", "guided", "--output", "first")
    _ = try CommandLineProgram.featurevis.succeed(
      ["visualize", "halves.onnx", "--recipe", "r.json", "--output", "again.png"], in: folder)
    #expect(try folder.bytes("first/relu-1.png") == folder.bytes("again.png"))
  }

  /// Protects the last way: the folder's pictures are climbed from, the best one first.
  @Test func naturalStarts() throws {
    try FileManager.default.createDirectory(
      at: folder.file("photos"), withIntermediateDirectories: true)
    for (index, value) in [Float(0.1), 0.9, 0.2].enumerated() {
      try PictureFile(folder.file("photos/\(index).png")).write(
        Tensor(shape: [1, 12, 12, 3], repeating: value))
    }
    let (outcome, report) = try visualize(
      "--units", "2,1", "--pictures", "photos", "--json-lines")
    let dead = try #require(report.pictures[0].search)
    #expect(dead.dead && dead.attempts.map(\.starts) == [1, 32, 3, 16])
    #expect(!outcome.errors.contains("have not been tried"))
    #expect(outcome.errors.contains("3 pictures are too few for a covariance"))
    // The folder is gone through for examples, and once more for all silent units.
    #expect(outcome.output.split(separator: "\n").count { $0.contains("\"done\":3,") } == 2)
  }

  /// Protects people with pictures of another subject: where none raises a unit by much, that is told, and else not.
  @Test func otherSubject() throws {
    for (name, value) in [("dark", Float(0.02)), ("bright", 0.8)] {
      try FileManager.default.createDirectory(
        at: folder.file(name), withIntermediateDirectories: true)
      for index in 0..<4 {
        try PictureFile(folder.file("\(name)/\(index).png")).write(
          Tensor(shape: [1, 12, 12, 3], repeating: value + 0.01 * Float(index)))
      }
      let (outcome, _) = try visualize("--units", "0", "--pictures", name)
      #expect(outcome.errors.contains("its units hardly respond to them") == (name == "dark"))
      // Greys have one direction of colour.
      #expect(outcome.errors.contains("too few colours for a covariance"))
    }
  }
}
