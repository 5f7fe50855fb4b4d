import FeatureVisualization
import Foundation
import PictureFiles
import Testing

@Suite("featurevis visualize --with") struct JoinedClassTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    var other = SmallNetwork(side: 24)
    other.lastBias = 3
    try other.write(
      "other",
      sidecar: SmallNetwork.sidecar.replacing(
        "\"ant\", \"bee\", \"cow\"", with: "\"Cow, cattle\", \"bee\", \"ant\""), to: folder)
  }

  private struct Report: Decodable {
    let pictures: [Picture]
    struct Picture: Decodable {
      let score: Float
      let labels: [String]
      let recipe: Recipe
      struct Recipe: Decodable { let objective: String }
    }
  }

  /// Protects what is raised: the mean over the networks of the class's log-probability, found by label in each.
  @Test func raisesTheClassInEach() throws {
    let output = try CommandLineProgram.featurevis.succeed(
      [
        "visualize", "small.onnx", "--with", "other.onnx", "--units", "cow", "--steps", "8",
        "--preset", "keras-vis", "--output", "new", "--report", "report.json", "--judge",
        "small.onnx",
      ], in: folder
    ).output
    #expect(output.contains("fc-cow.png") && output.contains("named first by"))
    let report = try JSONDecoder().decode(Report.self, from: folder.bytes("report.json"))
    let drawn = report.pictures[0]
    #expect(drawn.labels == ["cow"])
    #expect(
      drawn.recipe.objective
        == "(cross-entropy(\"small/fc\", 2) + cross-entropy(\"other/fc\", 0)) / 2")
    let picture = try PictureFile(folder.file("new/fc-cow.png")).read()
    let both = try NeuralNetwork(joining: [
      JoinedNetwork("small", try SmallNetwork.load("small", from: folder)),
      JoinedNetwork("other", try SmallNetwork.load("other", from: folder)),
    ])
    let (small, other) = (
      try both.evaluate(picture, at: "small/prob")[0, 2],
      try both.evaluate(picture, at: "other/prob")[0, 0]
    )
    // The file has 8 bits a colour.
    #expect(abs(drawn.score - (log(small) + log(other)) / 2) < 0.02)
  }

  /// Protects refusals: networks without the class, several classes, and options that name layers.
  @Test func refusals() throws {
    for (arguments, words) in [
      (["--with", "other.onnx", "--units", "elk+dog"], "several classes"),
      (["--with", "other.onnx", "--units", "dog"], "'other'"),
      (["--with", "nothing.onnx", "--units", "dog"], "nothing.onnx"),
      (["--with", "other.onnx"], "which classes"),
    ] {
      try SmallNetwork(side: 24).write(
        "other",
        sidecar: SmallNetwork.sidecar.replacing("\"dog\"", with: "\"fox\""), to: folder)
      let outcome = try CommandLineProgram.featurevis.run(
        ["visualize", "small.onnx", "--output", "no"] + arguments, in: folder)
      #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome.errors)")
    }
    let outcome = try CommandLineProgram.featurevis.run(
      ["visualize", "small.onnx", "--with", "other.onnx", "--layer", "conv1", "--units", "1"],
      in: folder)
    #expect(outcome.status == 64 && outcome.errors.contains("--layer"))
  }
}
