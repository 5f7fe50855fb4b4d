import FeatureVisualization
import Foundation
import PictureFiles
import Testing

/// Protects what the tool draws on a photo, and what it does not do silently.
@Suite("photos of featurevis visualize") struct PhotoTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork(side: nil).write("open", to: folder)
    let pixels = (0..<5130).map { Float(20 + $0 % 199) / 255 }
    try PictureFile(folder.file("photo.png")).write(
      Tensor(shape: [1, 45, 38, 3], elements: pixels))
  }

  private func photo() throws -> Tensor { try PictureFile(folder.file("photo.png")).read() }

  private func draw(_ objective: Objective, _ preset: Preset) throws -> Data {
    let drawn = try SmallNetwork.load("open", from: folder)
      .visualizeActivationWithLosses(
        objective + preset.regularizers, preset: preset, iterations: 2, seeds: [3])
    try PictureFile(folder.file("library.png")).write(drawn.picture(0))
    return try folder.bytes("library.png")
  }

  private func visualize(_ arguments: String...) throws -> Data {
    _ = try CommandLineProgram.featurevis.succeed(
      ["visualize", "open.onnx", "--output", "tool.png"] + arguments, in: folder)
    return try folder.bytes("tool.png")
  }

  @Test func `accentuation is the library's, and a report draws it again`() throws {
    let layer = "block/conv2"
    let tool = try visualize(
      "--layer", layer, "--units", "3", "--preset", "accentuation", "--photo", "photo.png",
      "--prior", "balanced(inversion(\"photo.png\", conv1, distance: positions))", "--size", "32",
      "--steps", "2", "--views", "8", "--seed", "3", "--report", "r.json")
    var preset = Preset.accentuation(of: try photo(), keeping: "conv1")
    (preset.views, preset.size) = (8, 32)
    #expect(
      try tool == draw(ActivationMaximization(layer: .name(layer), units: 3).objective, preset))
    #expect(try visualize("--recipe", "r.json") == tool)
  }

  @Test func `a dream on octaves is the library's, and a report draws it again`() throws {
    let tool = try visualize(
      "--objective", "deep-dream(block/conv2)", "--preset", "deep-dream", "--photo", "photo.png",
      "--octaves", "3", "--octave-factor", "1.5", "--steps", "2", "--seed", "3", "--report",
      "r.json")
    let preset = try Preset.deepDream(of: photo(), octaves: 3, factor: 1.5)
    var octaves = [preset] + preset.stages
    for index in octaves.indices {
      octaves[index].iterations = 2
      octaves[index].stages = []
    }
    var dream = octaves.removeFirst()
    dream.stages = octaves
    #expect(try tool == draw(DeepDream(layer: "block/conv2").objective, dream))
    #expect(try visualize("--recipe", "r.json") == tool)
  }

  @Test func `pictures that are compared with are as large as the canvas`() throws {
    let canvas = try visualize(
      "--objective", "caricature(\"photo.png\", block/conv2)", "--canvas", "45x38", "--size", "32",
      "--steps", "2", "--seed", "3")
    var preset = Preset.lucid
    (preset.canvas, preset.size) = (Canvas(height: 45, width: 38), 32)
    let objective = Caricature(of: ReferencePicture(try photo()), at: "block/conv2").objective
    #expect(try canvas == draw(objective, preset))
  }

  /// Each says twice what is raised.
  @Test(arguments: [
    ["--layer", "fc"], ["--units", "1"], ["--layer", "fc", "--units", "1"],
    ["--position", "1,1"],
  ])
  func `a recipe's objective and options of units exclude each other`(options: [String]) throws {
    let json = #"{"objective": "channel(fc, 2)", "size": [32, 32]}"#
    try Data(json.utf8).write(to: folder.file("recipe.json"))
    let outcome = try CommandLineProgram.featurevis.run(
      ["visualize", "open.onnx", "--recipe", "recipe.json", "--output", "twice.png"] + options,
      in: folder)
    #expect(outcome.status != 0)
    #expect(outcome.errors.contains("recipe.json raises 'channel(fc, 2)', and \(options[0])"))
    #expect(try folder.contents["twice.png"] == nil)
  }
}
