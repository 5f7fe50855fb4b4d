import FeatureVisualization
import Foundation
import PictureFiles
import Testing

@Suite("featurevis atlas") struct AtlasTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    for name in ["photos/inner", "empty", "one"] {
      try FileManager.default.createDirectory(
        at: folder.file(name), withIntermediateDirectories: true)
    }
    for number in 0..<11 {
      let name = number < 8 ? "photos/\(number).png" : "photos/inner/\(number).jpg"
      try PictureFile(folder.file(name)).write(.noise(height: 40, width: 36, seed: UInt64(number)))
    }
    let gray = Tensor.noise(height: 32, width: 32, seed: 50)
    try PictureFile(folder.file("photos/gray.png")).write(
      Tensor(shape: [1, 32, 32, 1], elements: gray.elements.prefix(1024)))
    try folder.bytes("photos/1.png").prefix(300).write(to: folder.file("photos/cut.png"))
    try Data("notes".utf8).write(to: folder.file("photos/notes.txt"))
    try folder.bytes("photos/1.png").write(to: folder.file("one/1.png"))
  }

  private func atlas(_ pictures: String, _ arguments: String...) throws
    -> CommandLineProgram.Outcome
  {
    try CommandLineProgram.featurevis.run(
      [
        "atlas", "small.onnx", "--pictures", pictures, "--steps", "2", "--grid", "2",
        "--more-than", "0", "--icon", "16", "--output", "atlas.png",
      ] + arguments, in: folder)
  }

  /// Protects the picture and what is said: every picture that can be read counts, in folders inside too, a damaged one is
  /// named, and the layer is taken by itself.
  @Test(arguments: ["neighbours", "principal"])
  func picture(layout: String) throws {
    let outcome = try atlas("photos", "--layout", layout)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "atlas.png\n")
    #expect(
      outcome.errors.contains("cut.png") && outcome.errors.contains("it is left out"),
      "\(outcome.errors)")
    #expect(outcome.errors.contains("12 samples of layer 'relu2'"), "\(outcome.errors)")
    let picture = try PictureFile(folder.file("atlas.png")).read()
    #expect([16, 32].contains(picture.shape[1]) && [16, 32].contains(picture.shape[2]))
    let first = try folder.bytes("atlas.png")
    _ = try atlas("photos", "--layout", layout, "--batch", "1")
    #expect(try folder.bytes("atlas.png") == first)
  }

  /// Protects options that change what is sampled: positions, whitened directions, a class.
  @Test func samples() throws {
    let many = try atlas("one", "--per-picture", "0", "--whiten")
    #expect(many.status == 0, "\(many.errors)")
    #expect(many.errors.contains("256 samples"), "\(many.errors)")
    let some = try atlas("photos", "--per-picture", "3", "--class", "cow", "--strongest", "100")
    #expect(some.status == 0, "\(some.errors)")
    let count = try #require(some.errors.firstMatch(of: /(\d+) samples/)).output.1
    #expect((2..<36).contains(Int(count) ?? 0))
    let none = try atlas("photos", "--class", "bee")
    #expect(none.status == 1 && none.errors.contains("speaks for the class"), "\(none.errors)")
    // A layer without positions has one sample of each picture.
    let dense = try atlas("photos", "--layer", "fc")
    #expect(dense.status == 0, "\(dense.errors)")
  }

  /// Protects users: what cannot make an atlas says why, and leaves no file.
  @Test(arguments: [
    ("empty", [], "no picture in 'empty'"), ("none", [], "cannot read folder 'none'"),
    ("small.onnx", [], "is not a folder"), ("one", [], "there is 1"),
    ("photos", ["--class", "yak"], "yak"), ("photos", ["--more-than", "500"], "more than 500"),
    ("photos", ["--layer", "relu9"], "relu9"),
    ("photos", ["--output", "photos/1.png"], "would overwrite"),
  ])
  func refuses(_ pictures: String, _ arguments: [String], message: String) throws {
    let before = try folder.contents
    let outcome = try CommandLineProgram.featurevis.run(
      [
        "atlas", "small.onnx", "--pictures", pictures, "--steps", "2", "--output", "atlas.png",
      ] + arguments, in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(try folder.contents == before)
  }
}

extension Tensor {
  /// A picture of colours that a seed fixes.
  fileprivate static func noise(height: Int, width: Int, seed: UInt64) -> Tensor {
    Tensor.sample([1, height, width, 3], seed: seed).map { 0.5 + 0.5 * $0 }
  }
}
