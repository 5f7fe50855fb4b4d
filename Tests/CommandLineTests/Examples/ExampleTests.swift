import Foundation
import PictureFiles
import Testing

/// Each example runs as its README says, on a network small enough for a test.
@Suite struct ExampleTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
  }

  private func run(_ example: String, _ arguments: String...) throws -> String {
    try CommandLineProgram(example).succeed(
      ["small.onnx", "picture.png"] + arguments, in: folder
    ).output
  }

  private var pictureShape: [Int] {
    get throws { try PictureFile(folder.file("picture.png")).read().shape }
  }

  /// Protects the introduction to editing networks and to pictures of several classes in one go.
  @Test func ouzelKerasVis() throws {
    let output = try run("OuzelKerasVis", "--units", "2", "4", "0", "--iterations", "3")
    let labels = output.split(separator: "\n").map { $0.prefix(3) }
    #expect(labels == ["cow", "cow", "elk", "ant"])
    #expect(try pictureShape == [1, 68, 104, 3])
  }

  /// Protects the introduction to presets, with a line and a picture for each of the four rows.
  @Test func flamingoYosinski() throws {
    let output = try run("FlamingoYosinski", "--layer", "fc", "--unit", "1", "--iterations", "8")
    #expect(output.split(separator: "\n").map { $0.prefix(6) } == (1...4).map { "row \($0):" })
    #expect(try pictureShape == [1, 32, 4 * 32 + 3 * 4, 3])
  }

  /// Protects the introduction to progress and to layers in the middle of a network.
  @Test func convFilters() throws {
    let output = try run("ConvFilters", "--layer", "block/conv2", "--count", "3")
    #expect(output.contains("30 of 30 steps"))
    #expect(try pictureShape == [1, 130, 3 * 130 + 2 * 4, 3])
  }

  /// Protects the introduction to losses and modifiers of one's own, which must raise what they say.
  @Test func customLoss() throws {
    func dream(_ iterations: Int) throws -> Float {
      let output = try run("CustomLoss", "--layer", "relu2", "--iterations", "\(iterations)")
      let line = try #require(output.split(separator: "\n").first { $0.hasPrefix("Dream ") })
      return try #require(Float(line.dropFirst("Dream ".count)))
    }
    #expect(try dream(30) < dream(1))
    #expect(try pictureShape == [1, 32, 32, 3])
  }

  /// Protects the ten lines that the README begins with: they are this example, and it runs.
  @Test func firstPicture() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
    let lines = try String(
      contentsOf: root.appending(path: "Examples/FirstPicture/main.swift"), encoding: .utf8)
    let readMe = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    #expect(readMe.contains("```swift\n\(lines)```"))
    let output = try CommandLineProgram("FirstPicture").succeed([], in: folder).output
    #expect(output.hasPrefix("The flamingo's score is "))
    #expect(try PictureFile(folder.file("flamingo.png")).read().shape == [1, 96, 96, 3])
  }

  /// Protects the introduction to regression: more apples by their counter's count, and fewer.
  @Test func appleCounting() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
    let scene = root.appending(path: "Examples/AppleCounting/scene.png").path
    let output = try CommandLineProgram("AppleCounting")
      .succeed([scene, "apples.png"], in: folder).output
    let counts = output.split(separator: "\n").compactMap { line in
      line.split(separator: " ").dropFirst().first.flatMap { Float($0) }
    }
    try #require(counts.count == 3)
    #expect(abs(counts[1] - 3) < 0.3)
    #expect(counts[0] < counts[1] - 2 && counts[2] > counts[1] + 2)
  }

  /// Protects the way examples fail: as the tool does, not with a crash.
  @Test(arguments: ["OuzelKerasVis", "FlamingoYosinski", "ConvFilters", "CustomLoss"])
  func missingNetwork(example: String) throws {
    let outcome = try CommandLineProgram(example).run(["none.onnx", "picture.png"], in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("none.onnx"))
  }
}
