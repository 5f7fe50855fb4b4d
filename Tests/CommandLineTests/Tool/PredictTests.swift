import FeatureVisualization
import Foundation
import PictureFiles
import Testing

@Suite("featurevis predict") struct PredictTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    try SmallNetwork(side: nil).write("free", to: folder)
    try PictureFile(folder.file("wide.png")).write(.samplePicture(height: 40, width: 64))
  }

  private struct Guess: Decodable {
    let unit: Int
    let label: String
    let value: Float
  }

  private func guesses(_ arguments: String...) throws -> [Guess] {
    let output = try CommandLineProgram.featurevis.succeed(
      ["predict", "small.onnx", "--image", "wide.png", "--json"] + arguments, in: folder
    ).output
    return try JSONDecoder().decode([Guess].self, from: Data(output.utf8))
  }

  /// Protects preprocessing, resizing and ranking: what the library says of the same picture.
  @Test func agreesWithTheLibrary() throws {
    let picture = try PictureFile(folder.file("wide.png")).read()
      .resizedToFill(height: 32, width: 32)
    let values = try SmallNetwork.load("small", from: folder).evaluate(picture)
    let guesses = try guesses()
    #expect(guesses.map(\.value) == values.elements.sorted(by: >))
    #expect(guesses.allSatisfy { values[0, $0.unit] == $0.value })
    #expect(guesses.allSatisfy { $0.label == ["ant", "bee", "cow", "dog", "elk"][$0.unit] })
  }

  /// Protects the table: as many lines as asked for, and labels that begin in one column.
  @Test func table() throws {
    let output = try CommandLineProgram.featurevis.succeed(
      ["predict", "free.onnx", "--image", "wide.png", "--top", "3", "--size", "32"], in: folder
    ).output
    let lines = output.split(separator: "\n").map(String.init)
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.wholeMatch(of: /0\.\d{4}  \d  [a-z]{3}/) != nil }, "\(output)")
  }

  /// Protects options over the sidecar: other numbers, another answer.
  @Test func optionsReplaceTheSidecar() throws {
    let plain = try guesses().map(\.value)
    #expect(try guesses("--channel-order", "bgr").map(\.value) != plain)
    #expect(try guesses("--range", "-1,1").map(\.value) != plain)
    #expect(
      try guesses(
        "--range", "0,1", "--mean", "0.5,0.4,0.3", "--std", "0.25", "--channel-order", "RGB"
      ).map(\.value) == plain)
  }
}
