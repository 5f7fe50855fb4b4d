import FeatureVisualization
import Foundation
import NaturalExamples
import PictureFiles
import Testing

/// A user's own pictures: statistics of layers, colours and spectrum for recipes, and examples beside what is drawn.
@Suite("featurevis with natural pictures") struct NaturalPictureTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    try FileManager.default.createDirectory(
      at: folder.file("photos"), withIntermediateDirectories: true)
    for index in 0..<6 { try write(index, to: "photos") }
  }

  /// A picture of soft colours with a wave of its own.
  private func write(_ index: Int, to name: String) throws {
    var generator = SeededGenerator(seed: UInt64(index))
    let tint = (0..<3).map { _ in 0.3 + 0.4 * Float(generator.uniform()) }
    let elements = (0..<32 * 32).flatMap { place -> [Float] in
      let wave = 0.1 * sin(Float(place % 32) * Float(index + 1) / 5 + Float(place / 32) / 3)
      return tint.map { $0 + wave + 0.1 * Float(generator.uniform()) }
    }
    try PictureFile(folder.file("\(name)/\(index).png")).write(
      Tensor(shape: [1, 32, 32, 3], elements: elements))
  }

  private func run(_ arguments: [String]) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.run(arguments, in: folder)
  }

  private func visualize(_ arguments: String...) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.succeed(
      ["visualize", "small.onnx", "--steps", "3"] + arguments, in: folder)
  }

  // MARK: Statistics

  /// Protects the file: the library's own, whatever command makes it, and its use in a recipe, which a report keeps.
  @Test func statistics() throws {
    let outcome = try CommandLineProgram.featurevis.succeed(
      ["statistics", "small.onnx", "--pictures", "photos", "--output", "s.json"], in: folder)
    #expect(outcome.output == "s.json  2 layers, 6 pictures\n")
    #expect(outcome.errors.contains("6 pictures are few"))
    let network = try SmallNetwork.load("small", from: folder)
    let measurement = try LayerStatisticsMeasurement(network)
    for index in 0..<6 {
      try measurement.add(try PictureFile(folder.file("photos/\(index).png")).read())
    }
    let statistics = try measurement.statistics()
    #expect(
      try LayerStatistics(contentsOf: folder.file("s.json"), for: network) == statistics)
    _ = try visualize(
      "--units", "bee", "--preset", "quick", "--statistics", "s.json", "--output", "tool.png",
      "--report", "r.json")
    let linear = try network.replacingFinalActivations()
    var recipe = try Preset.recommended(
      for: linear, layer: "fc", quick: true, statistics: statistics.prior)
    recipe.iterations = 3
    let drawn = try linear.visualizeActivation(of: "fc", units: "bee", preset: recipe)
    try PictureFile(folder.file("library.png")).write(drawn.picture(0))
    #expect(try folder.bytes("tool.png") == folder.bytes("library.png"))
    _ = try CommandLineProgram.featurevis.succeed(
      ["visualize", "small.onnx", "--recipe", "r.json", "--output", "again.png"], in: folder)
    #expect(try folder.bytes("again.png") == folder.bytes("tool.png"))
    // Any other recipe takes them, too, as far as the layer depends on theirs.
    let plain = try visualize("--layer", "relu1", "--units", "0", "--output", "plain.png")
    _ = try visualize(
      "--layer", "relu1", "--units", "0", "--statistics", "s.json", "--output", "held.png")
    #expect(try plain.status == 0 && folder.bytes("plain.png") != folder.bytes("held.png"))
  }

  /// Protects recipes from another network's statistics, and the file from being overwritten by what it is made of.
  @Test func refusedStatistics() throws {
    _ = try CommandLineProgram.featurevis.succeed(
      ["statistics", "small.onnx", "--pictures", "photos", "--output", "s.json"], in: folder)
    var other = SmallNetwork()
    other.lastBias = 1
    try other.write("other", to: folder)
    let refused = try run([
      "visualize", "other.onnx", "--units", "bee", "--statistics", "s.json", "--steps", "2",
    ])
    #expect(refused.status == 1 && refused.errors.contains("measured of another network"))
    let damaged = try run([
      "visualize", "small.onnx", "--units", "bee", "--statistics", "small.json", "--steps", "2",
    ])
    #expect(damaged.status == 1 && damaged.errors.contains("holds no statistics of layers"))
    for (arguments, message) in [
      (["--output", "small.onnx"], "would overwrite"),
      (["--output", "t.json", "--layers", "conv9"], "no layer 'conv9'"),
      (["--output", "t.json", "--layers", "fc"], "one position"),
    ] {
      let outcome = try run(
        ["statistics", "small.onnx", "--pictures", "photos"] + arguments)
      #expect(outcome.status == 1 && outcome.errors.contains(message), "\(outcome.errors)")
    }
    let gallery = try run([
      "gallery", "small.onnx", "--output", "site", "--statistics", "s.json",
    ])
    #expect(gallery.status == 1 && gallery.errors.contains("--statistics"))
  }

  // MARK: A folder

  /// Protects the sheet: a row for each unit with the drawn picture and the folder's best, which the report names.
  @Test func examples() throws {
    struct Report: Decodable {
      struct Picture: Decodable {
        struct Example: Decodable {
          let picture: String
          let value: Float
        }
        let examples: [Example]?
      }
      let pictures: [Picture]
    }
    _ = try visualize(
      "--layer", "relu2", "--units", "1,3,1+3", "--pictures", "photos", "--sheet", "sheet.png",
      "--report", "r.json")
    let sheet = try PictureFile(folder.file("sheet.png")).read()
    #expect(sheet.shape == [1, 3 * (112 + 17) + 2 * 4, 6 * 112 + 5 * 4, 3])
    let report = try JSONDecoder().decode(Report.self, from: folder.bytes("r.json"))
    #expect(report.pictures.map { $0.examples?.count } == [5, 5, nil])
    let network = try SmallNetwork.load("small", from: folder)
    let best = try #require(report.pictures[0].examples?[0])
    let map = try network.evaluate(
      PictureFile(folder.file("photos/\(best.picture)")).read(), at: "relu2")
    let values = stride(from: 1, to: map.count, by: map.shape[3]).map { map.elements[$0] }
    #expect(best.value == values.max())
  }

  /// Protects colours and spectrum: those of the folder, and the recipe's own where one picture is all that can be read.
  @Test func colors() throws {
    _ = try visualize("--units", "bee", "--output", "plain.png")
    _ = try visualize(
      "--units", "bee", "--pictures", "photos", "--output", "colors.png", "--report", "r.json")
    #expect(try folder.bytes("plain.png") != folder.bytes("colors.png"))
    _ = try CommandLineProgram.featurevis.succeed(
      ["visualize", "small.onnx", "--recipe", "r.json", "--output", "again.png"], in: folder)
    #expect(try folder.bytes("again.png") == folder.bytes("colors.png"))
    for preset in ["maco", "keras-vis"] {
      _ = try visualize("--units", "bee", "--preset", preset, "--output", "p-\(preset).png")
      _ = try visualize(
        "--units", "bee", "--preset", preset, "--pictures", "photos", "--output", "n-\(preset).png")
    }
    #expect(try folder.bytes("p-maco.png") != folder.bytes("n-maco.png"))
    // Pixels have neither.
    #expect(try folder.bytes("p-keras-vis.png") == folder.bytes("n-keras-vis.png"))
    try FileManager.default.createDirectory(
      at: folder.file("one"), withIntermediateDirectories: true)
    try write(0, to: "one")
    try Data("no picture".utf8).write(to: folder.file("one/bad.png"))
    let outcome = try visualize("--units", "bee", "--pictures", "one", "--output", "one.png")
    #expect(outcome.errors.contains("one picture is too few for a covariance"))
    #expect(outcome.errors.contains("bad.png"))
    #expect(try folder.bytes("one.png") == folder.bytes("plain.png"))
  }

  /// Protects people with the wrong folder: without a readable picture, or of a subject that units do not respond to.
  @Test func wrongFolders() throws {
    for name in ["empty", "broken"] {
      try FileManager.default.createDirectory(
        at: folder.file(name), withIntermediateDirectories: true)
    }
    try Data("no picture".utf8).write(to: folder.file("broken/bad.png"))
    for (path, message) in [
      ("empty", "no picture in 'empty'"), ("broken", "none of its pictures can be read"),
      ("nowhere", "cannot read folder 'nowhere'"), ("small.onnx", "is not a folder"),
    ] {
      let outcome = try run([
        "visualize", "small.onnx", "--units", "bee", "--steps", "2", "--pictures", path,
      ])
      #expect(outcome.status == 1 && outcome.errors.contains(message), "\(outcome.errors)")
    }
  }
}
