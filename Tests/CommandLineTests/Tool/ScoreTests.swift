import CFVTestData
import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles
import Testing

/// Protects what the tool takes for the classes' scores, in all its commands.
@Suite("featurevis and scores") struct ScoreTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try ONNXFile.write(SeveralHeads.twoOutputs(), to: folder.file("two.onnx"))
    try ONNXFile.write(SeveralHeads.saturated(), to: folder.file("saturated.onnx"))
    try SmallNetwork().write("small", to: folder)
    try PictureFile(folder.file("p.png")).write(.samplePicture(height: 8, width: 8))
  }

  private func visualize(_ network: String, _ arguments: String...) throws
    -> CommandLineProgram.Outcome
  {
    try CommandLineProgram.featurevis.succeed(
      ["visualize", network, "--units", "0", "--steps", "2", "--range", "0,1"] + arguments,
      in: folder)
  }

  private func score(_ outcome: CommandLineProgram.Outcome) throws -> Float {
    let words = outcome.output.split(whereSeparator: \.isWhitespace)
    return try #require(words.last.flatMap { Float($0) })
  }

  /// Protects one rule for which output holds the scores: the first softmax, not the last layer, told on standard error.
  @Test func `visualize and predict speak of one output`() throws {
    let drawn = try CommandLineProgram.featurevis.succeed(
      ["visualize", "two.onnx", "--units", "4", "--steps", "2", "--range", "0,1"], in: folder)
    #expect(drawn.output.hasPrefix("main-4.png"))
    #expect(drawn.errors.contains("'mainprob' is taken for the scores"))
    #expect(drawn.errors.contains("--layer names another: 'auxprob'"))
    let arguments = ["predict", "two.onnx", "--image", "p.png", "--range", "0,1"]
    let guessed = try CommandLineProgram.featurevis.succeed(arguments, in: folder)
    #expect(guessed.output.split(separator: "\n").count == 5)
    #expect(guessed.errors.contains("'mainprob' is taken for the scores"))
    let other = try CommandLineProgram.featurevis.succeed(
      arguments + ["--layer", "auxprob"], in: folder)
    #expect(other.output.split(separator: "\n").count == 3)
    #expect(other.errors.isEmpty)
  }

  /// Protects saturated sigmoids: by default, and with `--linear`, the logit is raised.
  @Test func sigmoid() throws {
    #expect(try score(visualize("saturated.onnx")) < -20)
    #expect(try score(visualize("saturated.onnx", "--layer", "p", "--linear")) < -20)
    #expect(abs(try score(visualize("saturated.onnx", "--layer", "p"))) < 1e-6)
  }

  private struct Report: Decodable {
    struct Picture: Decodable { let score, startObjective: Float }
    let pictures: [Picture]
  }

  /// Protects the real thing, a sigmoid that Keras has fused: its logit rises where the probability stays at 0. No
  /// picture gets it above −59.03, since the bias is −60.
  @Test func saturatedKeras() throws {
    guard let file = DataFolder.item("cases/sigmoid-saturated.keras") else { return }
    for arguments in [[], ["--layer", "p", "--linear"]] {
      _ = try CommandLineProgram.featurevis.succeed(
        [
          "visualize", file.path, "--units", "0", "--range", "0,1", "--preset", "erhan",
          "--report", "r.json",
        ] + arguments, in: folder)
      let picture = try JSONDecoder().decode(Report.self, from: folder.bytes("r.json")).pictures[0]
      #expect((-61 ... -60).contains(picture.startObjective))
      #expect(picture.score > picture.startObjective + 0.2 && picture.score < -59)
    }
  }

  /// Protects `--linear` from doing nothing in silence.
  @Test func linearWithoutEffect() throws {
    #expect(
      try visualize("small.onnx", "--layer", "conv1", "--linear").errors
        .contains("--linear changes nothing here: layer 'conv1'"))
    try ONNXFile.write(SeveralHeads.twoInputs(), to: folder.file("none.onnx"))
    #expect(
      try visualize("none.onnx", "--hold", "meta=0", "--linear").errors
        .contains("no output of the network ends in a softmax or a sigmoid"))
    #expect(
      try !visualize("small.onnx", "--layer", "prob", "--linear").errors.contains(
        "--linear changes"))
  }

  /// Protects a recipe of its own size on a network that has one: the network's goes before an error.
  @Test func kerasIOOnAFixedSize() throws {
    let outcome = try visualize("two.onnx", "--preset", "keras-io", "--output", "p8.png")
    #expect(outcome.output.hasPrefix("p8.png"))
    #expect(try PictureFile(folder.file("p8.png")).read().shape == [1, 8, 8, 3])
    guard let file = DataFolder.item("networks/mnist-cntk.onnx") else { return }
    _ = try CommandLineProgram.featurevis.succeed(
      [
        "visualize", file.path, "--preset", "keras-io", "--units", "3", "--steps", "3",
        "--output", "three.png",
      ], in: folder)
    let network = try ONNXFile.load(file).network
    let visualization = try network.visualizeActivation(
      of: network.scoreLayer, units: [3], preset: .kerasIO, iterations: 3)
    try PictureFile(folder.file("library.png")).write(visualization.picture(0))
    #expect(try folder.bytes("three.png") == folder.bytes("library.png"))
  }

  /// Protects `--backprop`: the recipe with that modifier, and each rule its own.
  @Test func backprop() throws {
    let network = try SmallNetwork.load("small", from: folder)
    var pictures: Set<Data> = []
    for (rule, modifier) in [
      ("guided", GuidedBackprop() as any BackpropModifier), ("rectified", RectifiedBackprop()),
    ] {
      _ = try CommandLineProgram.featurevis.succeed(
        [
          "visualize", "small.onnx", "--layer", "fc", "--units", "1", "--steps", "4",
          "--preset", "lucid", "--backprop", rule, "--output", "tool.png",
        ], in: folder)
      var recipe = Preset.lucid
      recipe.backpropModifier = modifier
      let visualization = try network.visualizeActivation(
        of: "fc", units: [1], preset: recipe, iterations: 4)
      try PictureFile(folder.file("library.png")).write(visualization.picture(0))
      #expect(try folder.bytes("tool.png") == folder.bytes("library.png"))
      pictures.insert(try folder.bytes("tool.png"))
    }
    #expect(pictures.count == 2)
  }
}
