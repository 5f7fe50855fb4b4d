import FeatureGroups
import Foundation
import PictureFiles
import Testing

@Suite("featurevis groups") struct GroupsTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    try PictureFile(folder.file("wide.png")).write(.samplePicture(height: 40, width: 64))
  }

  private func groups(_ arguments: String...) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.run(
      ["groups", "small.onnx", "--image", "wide.png", "--steps", "3", "--output", "sheet.png"]
        + arguments, in: folder)
  }

  /// Protects the sheet and the lines: a picture and a map for each group above, what is drawn below, and the layer that is
  /// taken by itself.
  @Test func sheet() throws {
    let outcome = try groups("--groups", "3")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[0].wholeMatch(of: /1  peak at row \d+, column \d+ +\d+\.\d %/) != nil)
    #expect(lines[3].contains("of layer 'relu2'"))
    #expect(lines[4] == "sheet.png")
    let sheet = try PictureFile(folder.file("sheet.png")).read()
    #expect(sheet.shape == [1, 2 * (32 + 17) + 4, 4 * 32 + 3 * 4, 3])
  }

  /// Protects the tool as a thin user of the library: shares are those of the library's groups.
  @Test func agreesWithTheLibrary() throws {
    let picture = try PictureFile(folder.file("wide.png")).read()
      .resizedToFill(height: 32, width: 32)
    let found = try SmallNetwork.load("small", from: folder)
      .neuronGroups(of: picture, at: "relu1", count: 2)
    let output = try groups("--groups", "2", "--layer", "relu1").output
    for (line, group) in zip(output.split(separator: "\n"), found.groups) {
      let place = "row \(group.peak.row), column \(group.peak.column)"
      #expect(line.contains(place), "\(output)")
    }
  }

  /// Protects the same picture from the same seed, in any batch.
  @Test func seedAndBatch() throws {
    _ = try groups("--groups", "3")
    let first = try folder.bytes("sheet.png")
    _ = try groups("--groups", "3", "--batch", "1")
    #expect(try folder.bytes("sheet.png") == first)
    _ = try groups("--groups", "3", "--seed", "1")
    #expect(try folder.bytes("sheet.png") != first)
  }

  /// Protects honesty: what lies below 0 is not factorised, and that is said.
  @Test func negativeActivations() throws {
    let outcome = try groups("--groups", "2", "--layer", "block/conv2")
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("lies below 0 and counts as 0"))
    #expect(try !groups("--groups", "2").errors.contains("below 0"))
  }

  /// Protects users from traps and from files that replace what they are made of.
  @Test(arguments: [
    (["--layer", "fc"], "no feature map"), (["--layer", "mean"], "no feature map"),
    (["--groups", "9"], "9 directions"), (["--layer", "relu9"], "relu9"),
    (["--output", "wide.png"], "would overwrite"), (["--image", "none.png"], "none.png"),
    (["--output", "sheet.gif"], "sheet.gif"),
  ])
  func refuses(_ arguments: [String], message: String) throws {
    let outcome = try CommandLineProgram.featurevis.run(
      [
        "groups", "small.onnx", "--image", "wide.png", "--steps", "3", "--output", "sheet.png",
      ] + arguments, in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("sheet.png").path))
  }

  /// Protects the grid: a cell for each part of the map, and no more than it has positions.
  @Test func grid() throws {
    let outcome = try groups("--cells", "3", "--icon", "16")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "sheet.png\n")
    #expect(try PictureFile(folder.file("sheet.png")).read().shape == [1, 48, 48, 3])
    #expect(try groups("--cells", "17").errors.contains("whose map is 16×16"))
    #expect(try groups("--cells", "2", "--groups", "2").status == 64)
  }

  /// A network of grey pictures takes a picture in colours.
  @Test func grayPictures() throws {
    try SmallNetwork(channels: 1).write(
      "gray", sidecar: #"{"channelOrder": "gray", "valueRange": [0, 1]}"#, to: folder)
    let outcome = try CommandLineProgram.featurevis.run(
      [
        "groups", "gray.onnx", "--image", "wide.png", "--groups", "2", "--steps", "2", "--output",
        "sheet.jpg",
      ], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
