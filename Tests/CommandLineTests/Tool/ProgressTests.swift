import FeatureVisualization
import Foundation
import PictureFiles
import Testing

/// Protects scripts that call the tool: with `--quiet` nothing but warnings comes, and every line of `--json-lines` is JSON.
@Suite("featurevis and its progress") struct ProgressTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    try FileManager.default.createDirectory(
      at: folder.file("photos"), withIntermediateDirectories: true)
    for number in 0..<3 {
      let noise = Tensor.sample([1, 40, 40, 3], seed: UInt64(number)).map { 0.5 + 0.5 * $0 }
      try PictureFile(folder.file("photos/fc-cow-\(number).png")).write(noise)
    }
  }

  /// A line of JSON, of those keys that several events share.
  private struct Line: Decodable {
    let event: String
    let file: String?
    let title: String?
    let item: String?
    let score: Float?
    let done: Int?
    let total: Int?
  }

  private static let visualize = [
    "visualize", "small.onnx", "--layer", "fc", "--units", "0,1", "--steps", "3", "--output", "p",
    "--sheet", "s.png",
  ]

  /// The commands that take long, and the events of their lines.
  private static let commands: [([String], [String])] = [
    (visualize, ["finished", "finished", "made"]),
    (
      ["statistics", "small.onnx", "--pictures", "photos", "--output", "s.json"],
      ["progress", "progress", "progress", "made"]
    ),
    (
      [
        "examples", "small.onnx", "--layer", "fc", "--pictures", "photos", "--output", "sheet.png",
      ], ["progress", "progress", "progress"]
    ),
    (
      ["judge", "photos", "--by", "small.onnx", "--pictures", "photos"],
      [String](repeating: "progress", count: 6)
    ),
    (
      [
        "explain", "small.onnx", "--image", "photos/fc-cow-0.png", "--method", "saliency,rise",
        "--class", "cow", "--output", "e.png",
      ], ["progress", "progress"]
    ),
    (
      [
        "atlas", "small.onnx", "--layer", "conv1", "--pictures", "photos", "--grid", "2", "--steps",
        "2", "--per-picture", "8", "--more-than", "0", "--icon", "16", "--layout", "principal",
        "--output", "a.png",
      ], ["progress", "progress", "progress", "made"]
    ),
    (
      [
        "groups", "small.onnx", "--layer", "conv1", "--image", "photos/fc-cow-0.png", "--groups",
        "2", "--steps", "2", "--output", "g.png",
      ], ["made"]
    ),
  ]

  @Test(arguments: commands)
  func lines(command: [String], events: [String]) throws {
    let output = try CommandLineProgram.featurevis.succeed(
      command + ["--json-lines", "--quiet"], in: folder
    ).output
    let lines = try output.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    #expect(lines.map(\.event) == events)
    for line in lines {
      switch line.event {
      case "progress": #expect(line.item != nil && (1...line.total!).contains(line.done!))
      case "finished": #expect(line.score != nil && line.title != nil)
      default:
        #expect(
          line.file.map { FileManager.default.fileExists(atPath: folder.file($0).path) } == true)
      }
    }
    #expect(lines.filter { $0.event == "progress" }.last.map { $0.done == $0.total } ?? true)
  }

  @Test(arguments: commands)
  func quiet(command: [String], events: [String]) throws {
    let errors = try CommandLineProgram.featurevis.succeed(command + ["--quiet"], in: folder).errors
    for line in errors.split(separator: "\n") {
      #expect(line.hasPrefix("warning: ") || line.hasSuffix(".png"), "\(line)")
    }
  }

  @Test func tellsByItself() throws {
    let errors = try CommandLineProgram.featurevis.succeed(Self.visualize, in: folder).errors
    #expect(errors.contains("note: recommended: "))
    #expect(errors.contains("step 3 of 3"))
  }

  @Test func oneFormOfJSON() throws {
    let outcome = try CommandLineProgram.featurevis.run(
      ["judge", "photos", "--by", "small.onnx", "--json", "--json-lines"], in: folder)
    #expect(outcome.status == 64 && outcome.errors.contains("exclude each other"))
  }
}
