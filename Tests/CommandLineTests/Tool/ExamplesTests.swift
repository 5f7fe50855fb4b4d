import FeatureVisualization
import Foundation
import PictureFiles
import Testing

@Suite("featurevis examples") struct ExamplesTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    try FileManager.default.createDirectory(
      at: folder.file("photos/more"), withIntermediateDirectories: true)
    for index in 0..<12 {
      let name = index.isMultiple(of: 3) ? "more/\(index).png" : "\(index).png"
      try PictureFile(folder.file("photos/\(name)")).write(picture(index))
    }
  }

  private func picture(_ index: Int) -> Tensor {
    var generator = SeededGenerator(seed: UInt64(index))
    return Tensor(
      shape: [1, 32, 32, 3],
      elements: (0..<32 * 32 * 3).map { _ in Float(generator.integer(in: 0...255)) / 255 })
  }

  private struct Report: Decodable {
    let pictures: Int
    let skipped: [Skipped]
    let units: [Unit]

    struct Skipped: Decodable {
      let name: String
      let reason: String
    }

    struct Unit: Decodable {
      let unit: Int
      let label: String?
      let mean: Double
      let quantiles: [Float]
      let examples: [Example]
    }

    struct Example: Decodable {
      let picture: String
      let value: Float
      let quantile: Double
      let position: [Int]?
      let field: [Int]
    }
  }

  private func report(_ arguments: String...) throws -> Report {
    let output = try CommandLineProgram.featurevis.succeed(
      ["examples", "small.onnx", "--pictures", "photos", "--json"] + arguments, in: folder
    ).output
    return try JSONDecoder().decode(Report.self, from: Data(output.utf8))
  }

  /// Protects the answer: the best pictures are those that the library names, by logits and by name of the class.
  @Test func agreesWithTheLibrary() throws {
    let network = try SmallNetwork.load("small", from: folder).replacingFinalActivations()
    let report = try report("--units", "bee,4", "--count", "3")
    #expect(report.pictures == 12 && report.units.map(\.unit) == [1, 4])
    #expect(report.units.map(\.label) == ["bee", "elk"])
    for unit in report.units {
      let values = try (0..<12).map { index in
        let name = index.isMultiple(of: 3) ? "more/\(index).png" : "\(index).png"
        let picture = try PictureFile(folder.file("photos/\(name)")).read()
        return (name, try network.evaluate(picture, at: "fc")[0, unit.unit])
      }.sorted { $0.1 > $1.1 }
      #expect(unit.examples.map(\.picture) == values.prefix(3).map(\.0))
      #expect(unit.examples.map(\.value) == values.prefix(3).map(\.1))
      #expect(unit.examples.allSatisfy { $0.position == nil && $0.field == [0, 0, 32, 32] })
      #expect(unit.quantiles.count == 8 && unit.quantiles.last == values[0].1)
    }
  }

  /// Protects sheets: a row for each unit with a cell in front, or a sheet for each in a folder, and names that say whose.
  @Test func sheets() throws {
    let arguments = [
      "examples", "small.onnx", "--pictures", "photos", "--layer", "block/conv2", "--units", "0,5",
      "--count", "2", "--output",
    ]
    let outcome = try CommandLineProgram.featurevis.succeed(arguments + ["sheet.png"], in: folder)
    #expect(outcome.output.split(separator: "\n").count == 3)
    let sheet = try PictureFile(folder.file("sheet.png")).read()
    #expect(sheet.shape == [1, 2 * (112 + 17) + 4, 3 * 112 + 2 * 4, 3])
    _ = try CommandLineProgram.featurevis.succeed(arguments + ["sheets"], in: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("sheets").path)
    #expect(names.sorted() == ["block_conv2-0-examples.png", "block_conv2-5-examples.png"])
    let row = try PictureFile(folder.file("sheets/block_conv2-5-examples.png")).read()
    #expect(row == sheet.cropped(to: MapRegion(rows: 133..<262, columns: 0..<344)))
  }

  /// Protects the column in front: pictures drawn now, or before by `visualize`, and an answer where there are none.
  @Test func besideDrawnPictures() throws {
    let common = ["--layer", "fc", "--units", "2"]
    _ = try CommandLineProgram.featurevis.succeed(
      ["visualize", "small.onnx", "--preset", "lucid", "--steps", "2", "--output", "drawn"]
        + common, in: folder)
    let arguments =
      ["examples", "small.onnx", "--pictures", "photos", "--count", "1"] + common
    _ = try CommandLineProgram.featurevis.succeed(
      arguments + ["--drawn", "drawn", "--output", "before.png"], in: folder)
    _ = try CommandLineProgram.featurevis.succeed(
      arguments + ["--drawn", "lucid", "--steps", "2", "--output", "now.png"], in: folder)
    let (before, now) = (
      try PictureFile(folder.file("before.png")).read(),
      try PictureFile(folder.file("now.png")).read()
    )
    let drawn = try PictureFile(folder.file("drawn/fc-2.png")).read()
      .resized(height: 112, width: 112)
    let front = MapRegion(rows: 0..<112, columns: 0..<112)
    let differences = zip(before.cropped(to: front).elements, drawn.elements).map { abs($0 - $1) }
    #expect((differences.max() ?? 1) < 0.003)
    let others = zip(before.elements, now.elements).map { abs($0 - $1) }
    #expect((others.max() ?? 1) < 0.01)
    let missing = try CommandLineProgram.featurevis.run(
      ["examples", "small.onnx", "--pictures", "photos", "--layer", "fc", "--units", "3"]
        + ["--drawn", "drawn", "--output", "missing.png"], in: folder)
    #expect(missing.status == 1 && missing.errors.contains("no picture of unit 3"))
  }

  /// Protects --state: a run that goes on finds the same bytes, and one that is asked something else is refused.
  @Test func goesOn() throws {
    func run(_ state: String, _ more: [String] = []) throws -> CommandLineProgram.Outcome {
      try CommandLineProgram.featurevis.run(
        ["examples", "small.onnx", "--pictures", "photos", "--layer", "block/conv2"]
          + ["--state", state, "--json"] + more, in: folder)
    }
    let whole = try run("whole.json")
    // A folder that gets another picture in the middle.
    try FileManager.default.moveItem(
      at: folder.file("photos/8.png"), to: folder.file("kept.png"))
    let half = try run("half.json")
    #expect(half.status == 0 && half.output != whole.output)
    try FileManager.default.moveItem(
      at: folder.file("kept.png"), to: folder.file("photos/8.png"))
    let refused = try run("half.json")
    #expect(refused.status == 1 && refused.errors.contains("are not those that it has seen"))
    let again = try run("whole.json")
    #expect(again.status == 0 && again.output == whole.output)
    #expect(again.errors.contains("goes on after 12 pictures"))
    let other = try run("whole.json", ["--count", "2"])
    #expect(other.status == 1 && other.errors.contains("another number of examples, 9 and not 2"))
  }

  /// Protects runs that are ended at any time: after `kill`, the same command finds what an undisturbed one does.
  @Test func survivesKill() throws {
    for index in 0..<400 {
      try PictureFile(folder.file("photos/more/a\(1000 + index).png")).write(picture(index))
    }
    let arguments =
      "examples small.onnx --pictures photos --layer block/conv2 --save-every 20 --json"
    let expected = try CommandLineProgram.featurevis.script(
      "exec \"$TOOL\" \(arguments) --state undisturbed.json", in: folder)
    #expect(expected.status == 0, "\(expected.errors)")
    let ended = try CommandLineProgram.featurevis.script(
      """
      for round in 1 2 3; do
        "$TOOL" \(arguments) --state state.json > /dev/null 2> /dev/null & pid=$!
        sleep 0.2; kill -9 $pid 2> /dev/null; wait $pid 2> /dev/null
      done
      exec "$TOOL" \(arguments) --state state.json
      """, in: folder)
    #expect(ended.status == 0 && ended.output == expected.output)
    #expect(try folder.bytes("state.json") == folder.bytes("undisturbed.json"))
  }

  /// Protects folders with something wrong: what is damaged is named and left out.
  @Test func damagedPictures() throws {
    try Data("no picture".utf8).write(to: folder.file("photos/bad.png"))
    let report = try report("--units", "0")
    #expect(report.pictures == 12 && report.skipped.map(\.name) == ["bad.png"])
    let outcome = try CommandLineProgram.featurevis.succeed(
      ["examples", "small.onnx", "--pictures", "photos", "--units", "0", "--output", "s.png"],
      in: folder)
    #expect(outcome.errors.contains("bad.png") && outcome.errors.contains("it is left out"))
  }

  /// Protects the words of refusals: in terms of what was typed, before any work.
  @Test(arguments: [
    (["--pictures", "nowhere"], "cannot read folder 'nowhere'"),
    (["--pictures", "small.onnx"], "is not a folder"),
    (["--pictures", "empty"], "no picture in 'empty'"),
    (["--pictures", "photos", "--units", "9"], "units 0 to 4"),
    (["--pictures", "photos", "--units", "be"], "did you mean 'bee'"),
    (["--pictures", "photos", "--units", "1+2"], "each unit is looked at alone"),
    (["--pictures", "photos", "--layer", "conv9"], "no layer 'conv9'"),
    (["--pictures", "photos", "--drawn", "lucide"], "no recipe of this name"),
    (["--pictures", "photos", "--state", "small.onnx"], "would overwrite"),
    (["--pictures", "photos", "--count", "0"], "not positive"),
  ])
  func refuses(arguments: [String], message: String) throws {
    try FileManager.default.createDirectory(
      at: folder.file("empty"), withIntermediateDirectories: true)
    let outcome = try CommandLineProgram.featurevis.run(
      ["examples", "small.onnx", "--output", "s.png"] + arguments, in: folder)
    #expect(outcome.status != 0 && outcome.errors.contains(message), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: folder.file("s.png").path))
  }
}
