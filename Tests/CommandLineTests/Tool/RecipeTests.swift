import FeatureVisualization
import Foundation
import PictureFiles
import Testing

/// Protects recipes as text: what the tool draws is what Swift code would have drawn.
@Suite("recipes of featurevis visualize") struct RecipeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
  }

  /// The pictures in a folder, in the order of their names.
  private func pictures(_ name: String) throws -> [Data] {
    try folder.contents.filter { $0.key.hasPrefix(name + "/") }.sorted { $0.key < $1.key }
      .map(\.value)
  }

  private func visualize(_ arguments: String...) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.succeed(
      ["visualize", "small.onnx"] + arguments, in: folder)
  }

  @Test func `expressions are what they say`() throws {
    _ = try visualize(
      "--objective", "channel(block/conv2, 3) - 0.5 * channel(fc, 1)", "--preset", "keras-vis",
      "--prior", "0.5 * total-variation", "--transform", "padding(4), jitter(2)",
      "--parameterization", "uniform-pixels(0.4, 0.6)", "--projection", "clamp(0.1, 0.9)",
      "--grad-modifier", "absolute", "--backprop", "guided", "--optimizer", "adam(0.1)",
      "--schedule", "cosine(0.2, warm-up: 2)", "--steps", "4", "--views", "2", "--seed", "3",
      "--output", "tool.png")
    var recipe = Preset.kerasVis
    recipe.inputModifiers = [.padding(4), .jitter(2)]
    recipe.parameterization = Pixels(start: .uniform(0.4...0.6))
    recipe.projections = [RangeClamp(0.1...0.9)]
    recipe.gradModifier = .absolute
    recipe.backpropModifier = .guided
    recipe.optimizer = Adam(learningRate: .cosine(0.2, warmUp: 2))
    recipe.views = 2
    let objective =
      ActivationMaximization(layer: "block/conv2", units: 3)
      - 0.5 * ActivationMaximization(layer: "fc", units: 1)
    let visualization = try SmallNetwork.load("small", from: folder)
      .visualizeActivationWithLosses(
        objective + 0.5 * TotalVariation(), preset: recipe, iterations: 4, seeds: [3])
    try PictureFile(folder.file("library.png")).write(visualization.picture(0))
    #expect(try folder.bytes("tool.png") == folder.bytes("library.png"))
  }

  @Test func `a file is a recipe, and the command line goes before it`() throws {
    let json = #"{"objective": "channel(fc, 2)", "iterations": 9, "seed": 4, "transform": ""}"#
    try Data(json.utf8).write(to: folder.file("recipe.json"))
    _ = try visualize("--recipe", "recipe.json", "--steps", "3", "--output", "file.png")
    _ = try visualize(
      "--objective", "channel(fc, 2)", "--seed", "4", "--transform", "", "--steps", "3",
      "--output", "options.png")
    #expect(try folder.bytes("file.png") == folder.bytes("options.png"))
  }

  @Test func `a report draws its pictures again`() throws {
    for (number, arguments) in [
      ["--layer", "block/conv2", "--units", "3,1+7", "--seed", "5"],
      ["--layer", "block/conv2", "--units", "1", "--position", "0,1", "--preset", "keras-io"],
      ["--units", "1", "--preset", "act-max-util", "--negate"],
      ["--layer", "prob", "--units", "0", "--linear", "--backprop", "guided"],
      [
        "--objective", "channel(fc, 2)", "--pictures", "2", "--seed", "8", "--total-variation",
        "0.5",
      ],
    ].enumerated() {
      let (first, again) = ("first\(number)", "again\(number)")
      _ = try CommandLineProgram.featurevis.succeed(
        ["visualize", "small.onnx", "--steps", "3", "--output", first, "--report", "r.json"]
          + arguments, in: folder)
      _ = try visualize("--recipe", "r.json", "--output", again)
      let files = [try pictures(first), try pictures(again)]
      #expect(files[0].count == (number == 0 || number == 4 ? 2 : 1))
      #expect(Set(files[0]) == Set(files[1]), "\(arguments)")
    }
  }

  @Test func `a batch has a file for each picture`() throws {
    _ = try visualize(
      "--objective", "channel(fc, 2)", "--pictures", "3", "--steps", "2", "--output", "batch",
      "--sheet", "sheet.png")
    #expect(try pictures("batch").count == 3)
    #expect(Set(try pictures("batch")).count == 3)
  }

  @Test func `words are listed`() throws {
    let all = try CommandLineProgram.featurevis.succeed(["words"], in: folder).output
    #expect(all.contains("channel(layer, units: all, at: all, border: 0, head: none"))
    #expect(all.contains("total-variation"))
    #expect(!all.contains("u{A}"))
    let some = try CommandLineProgram.featurevis.succeed(["words", "optimizer"], in: folder).output
    #expect(some.contains("adam("))
    #expect(!some.contains("channel("))
  }
}
