import Foundation
import PictureFiles
import Testing

/// Protects pictures from one another: whatever layers and classes are called, each has a file of its own.
@Suite("featurevis and names of files") struct FileNameTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// The names of the pictures that all five classes of these labels give.
  private func names(_ labels: [String], units: String = "0,1,2,3,4") throws -> [String] {
    var sidecar = try #require(
      try JSONSerialization.jsonObject(with: Data(SmallNetwork.sidecar.utf8)) as? [String: Any])
    sidecar["labels"] = labels
    let text = String(decoding: try JSONSerialization.data(withJSONObject: sidecar), as: UTF8.self)
    try SmallNetwork().write("small", sidecar: text, to: folder)
    _ = try CommandLineProgram.featurevis.succeed(
      ["visualize", "small.onnx", "--units", units, "--steps", "1", "--output", "pictures"],
      in: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("pictures").path)
    try FileManager.default.removeItem(at: folder.file("pictures"))
    return names.sorted()
  }

  @Test func `labels that make one name`() throws {
    let made = try names(["a/b", "a_b", "A_B", "a b", "a_b-2"], units: "all")
    #expect(
      Set(made) == [
        "fc-a_b.png", "fc-a_b-3.png", "fc-A_B-4.png", "fc-a_b-5.png", "fc-a_b-2.png",
      ], "\(made)")
  }

  @Test func `one unit twice`() throws {
    #expect(try names(["a", "b", "c", "d", "e"], units: "3,3") == ["fc-3-2.png", "fc-3.png"])
  }

  @Test func `labels that are no names`() throws {
    let long = String(repeating: "é", count: 300)
    let made = try names([long + "1", long + "2", "..", "\u{1B}[31m\u{0}red", "-rf"], units: "all")
    #expect(made.count == 5, "\(made)")
    for name in made {
      #expect(name.utf8.count <= 255 && !name.hasPrefix(".") && !name.hasPrefix("-"))
      #expect(!name.unicodeScalars.contains { $0.value < 32 })
    }
  }

  private func visualize(_ arguments: String) throws -> CommandLineProgram.Outcome {
    try SmallNetwork().write("small", to: folder)
    return try CommandLineProgram.featurevis.run(
      ["visualize", "small.onnx", "--layer", "fc", "--steps", "1"]
        + arguments.split(separator: " ").map(String.init), in: folder)
  }

  /// Protects outputs from one another and what is read from what is written, however the paths are written.
  @Test(arguments: [
    "--units 1 --output p.png --sheet p.png", "--units 1 --output p.png --sheet ./p.png",
    "--units 1 --output p.png --sheet P.PNG", "--units 1 --output p.png --sheet sub/../p.png",
    "--units 1 --output p.png --sheet link.png", "--units 1 --output old.png --sheet hard.png",
    "--units 1 --output p.png --sheet dangling.png",
    "--units 1,2 --output sub --sheet sub/fc-2.png", "--units 1 --output p.png --report p.png",
    "--units 1 --sheet s.png --report s.png", "--units 1 --report fc-1.png",
    "--units 1 --report small.onnx", "--units 1 --report small.json",
    "--units 1 --start old.png --output hard.png",
  ])
  func refusesOneFileTwice(arguments: String) throws {
    let manager = FileManager.default
    try manager.createDirectory(at: folder.file("sub"), withIntermediateDirectories: true)
    try PictureFile(folder.file("old.png")).write(.samplePicture(height: 32, width: 32))
    try manager.linkItem(at: folder.file("old.png"), to: folder.file("hard.png"))
    for (link, target) in [("link.png", "sub/../p.png"), ("dangling.png", "p.png")] {
      try manager.createSymbolicLink(
        atPath: folder.file(link).path, withDestinationPath: target)
    }
    try SmallNetwork().write("small", to: folder)
    let before = try folder.contents
    let outcome = try visualize(arguments)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("they are one file"), "\(outcome.errors)")
    #expect(try folder.contents == before)
  }

  /// Protects one picture and a folder of any name: it goes into the folder.
  @Test(arguments: ["folder.png", "plain", "new.png/", "."])
  func oneInAFolder(output: String) throws {
    try FileManager.default.createDirectory(
      at: folder.file("folder.png"), withIntermediateDirectories: true)
    let outcome = try visualize("--units 1 --output \(output)")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try PictureFile(folder.file("\(output)/fc-1.png")).read().shape == [1, 32, 32, 3])
  }

  /// Protects a null device that everything may go to.
  @Test func devicesTakeAnyNumber() throws {
    let outcome = try CommandLineProgram.featurevis.script(
      """
      "$TOOL" visualize picture-net --units flamingo --steps 1 --output p.png --report /dev/null
      """, in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }
}
