import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import PictureFiles
import Testing

/// Protects animations of runs: their frames are what the library sees at those steps, and they replace nothing.
@Suite("featurevis visualize --animation") struct AnimationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
  }

  private func visualize(_ arguments: String...) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.succeed(
      ["visualize", "small.onnx", "--layer", "fc"] + arguments, in: folder)
  }

  /// The number of frames of a GIF: of their control blocks.
  private func frameCount(_ name: String) throws -> Int {
    let bytes = [UInt8](try folder.bytes(name))
    let control: [UInt8] = [0x21, 0xF9, 4]
    return (0..<bytes.count - 8).count {
      bytes[$0] == 0x21 && Array(bytes[$0..<$0 + 3]) == control && bytes[$0 + 7] == 0
        && bytes[$0 + 8] == 0x2C
    }
  }

  private func picture(_ name: String) throws -> Tensor {
    try PictureFile(folder.file(name)).read()
  }

  /// A picture without the line of text below it.
  private func withoutCaption(_ picture: Tensor, height: Int = 32) -> Tensor {
    picture.cropped(to: MapRegion(rows: 0..<height, columns: 0..<picture.shape[2]))
  }

  /// Protects the frames: the pictures that the library keeps at those steps, then the result, each with a caption.
  @Test func numberedPictures() throws {
    let outcome = try visualize(
      "--units", "1", "--steps", "7", "--seed", "5", "--output", "p.png", "--animation", "frames",
      "--animation-every", "3", "--preset", "lucid")
    #expect(outcome.output.contains("frames  4 frames\n"))
    let recipe = Preset.lucid.with(\.snapshots, [0, 3, 6])
    let drawn = try SmallNetwork.load("small", from: folder).visualizeActivation(
      of: "fc", units: [1], preset: recipe, iterations: 7, seed: 5)
    for (number, snapshot) in drawn.snapshots.enumerated() {
      try PictureFile(folder.file("library.png")).write(snapshot.pictures)
      let frame = try picture("frames/000\(number).png")
      #expect(try withoutCaption(frame) == picture("library.png"))
      let caption = frame.cropped(to: MapRegion(rows: 32..<49, columns: 0..<32))
      #expect(Set(caption.elements) == [0, 1])
    }
    #expect(try withoutCaption(picture("frames/0003.png")) == picture("p.png"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.file("frames").path).count == 4)
  }

  /// Protects the picture itself: that of a run without an animation; and people from what libgd tells of its work.
  @Test func pictureStaysWhatItIs() throws {
    _ = try visualize("--units", "1", "--steps", "5", "--output", "alone.png")
    let outcome = try visualize(
      "--units", "1", "--steps", "5", "--output", "p.png", "--animation", "a.gif")
    #expect(
      outcome.errors.split(separator: "\n").allSatisfy {
        $0.hasPrefix("fc 1: step") || $0.hasPrefix("note: recommended: ")
      })
    #expect(try folder.bytes("alone.png") == folder.bytes("p.png"))
    #expect(try frameCount("a.gif") == 6)
    let first = try folder.bytes("a.gif")
    _ = try visualize("--units", "1", "--steps", "5", "--output", "p.png", "--animation", "a.gif")
    #expect(try folder.bytes("a.gif") == first)
  }

  @Test func chosenSteps() throws {
    let outcome = try visualize(
      "--units", "1", "--steps", "9", "--animation", "a.gif", "--animation-at", "0,1,2,4,8,9",
      "--animation-loops", "2", "--frame-delay", "0.5")
    #expect(outcome.output.contains("a.gif  6 frames\n"))
    #expect(try frameCount("a.gif") == 6)
  }

  /// Protects several pictures: side by side in one file, or a folder of frames each.
  @Test func severalPictures() throws {
    _ = try visualize(
      "--units", "1,3", "--steps", "4", "--output", "p", "--animation", "a.png",
      "--animation-every", "2")
    // Two cells with captions, and a line for the step below both.
    #expect(try picture("a.png").shape == [1, 32 + 17 + 17, 2 * 32 + 4, 3])
    _ = try visualize(
      "--units", "1,3", "--steps", "4", "--output", "p", "--animation", "frames",
      "--animation-every", "2")
    for name in ["fc-1", "fc-3"] {
      #expect(try withoutCaption(picture("frames/\(name)/0002.png")) == picture("p/\(name).png"))
    }
  }

  /// Protects runs whose pictures grow from stage to stage: all frames are as large as the result, and steps are counted
  /// through.
  @Test func stages() throws {
    try PictureFile(folder.file("photo.png")).write(.samplePicture(height: 48, width: 40))
    let outcome = try CommandLineProgram.featurevis.succeed(
      [
        "visualize", "small.onnx", "--layer", "relu2", "--units", "1", "--photo", "photo.png",
        "--preset", "deep-dream", "--octaves", "2", "--steps", "3", "--output", "p.png",
        "--animation", "frames", "--animation-every", "1",
      ], in: folder)
    #expect(outcome.output.contains("frames  7 frames\n"), "\(outcome.output)")
    for number in 0..<7 {
      #expect(try picture("frames/000\(number).png").shape == [1, 48 + 17, 40, 3])
    }
  }

  /// Protects what cannot be done or would replace something: told before the work, and nothing is written.
  @Test(
    arguments: [
      ("--animation a.jpg", 1, ".gif, .png or .apng"), ("--animation a.mp4", 1, ".gif"),
      ("--animation-every 2", 64, "--animation run.gif"),
      ("--frame-delay 1", 64, "--animation run.gif"),
      ("--animation a.gif --animation-every 2 --animation-at 1", 64, "exclude each other"),
      ("--animation a.gif --animation-at 1,9", 1, "the run has 4 steps"),
      ("--animation a.gif --animation-at 1,x", 64, "1,x"),
      ("--animation a.gif --animation-every 0", 64, "not positive"),
      ("--animation a.gif --frame-delay 0", 64, "0.02"),
      ("--animation a.gif --animation-loops -1", 64, "--animation-loops"),
      ("--animation p.png", 1, "would overwrite --output"),
      ("--animation s.png --sheet s.png", 1, "would overwrite --sheet"),
      ("--animation r.gif --report r.gif", 1, "would overwrite --report"),
      ("--animation frames --report frames/0001.png", 1, "would overwrite --report"),
      ("--animation frames --animation-every 1 --memory 50kB", 1, "--memory"),
      ("--animation frames --animation-every 1 --steps 900000000", 1, "more than 1,000,000"),
      ("--animation a.gif --animation-every 9000 --memory 1GB --steps 900000000", 1, "--memory"),
    ]) func refused(arguments: String, status: Int32, words: String) throws
  {
    let before = try Set(folder.contents.keys)
    let outcome = try CommandLineProgram.featurevis.run(
      "visualize small.onnx --layer fc --units 1 --steps 4 --output p.png \(arguments)"
        .split(separator: " ").map(String.init), in: folder)
    #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome.errors)")
    #expect(try Set(folder.contents.keys) == before)
  }

  /// Protects what was drawn from an interruption: an animation as far as the run has come.
  @Test func interruption() throws {
    try #require(FileManager.default.fileExists(atPath: "/usr/bin/timeout"))
    let outcome = try CommandLineProgram.featurevis.script(
      """
      timeout --foreground -s INT 2 "$TOOL" visualize small.onnx --layer fc --units 0 --steps 100000000 \
      --output p.png --animation a.gif --animation-at 0,99999999
      """, in: folder)
    #expect(outcome.errors.contains("interrupted: 'p.png'"), "\(outcome.errors)")
    #expect(try frameCount("a.gif") == 2)
  }

  /// Protects the disk's limit: an error, and no half of an animation.
  @Test func fileSizeLimit() throws {
    let outcome = try CommandLineProgram.featurevis.script(
      """
      ulimit -f 16; "$TOOL" visualize small.onnx --layer fc --units 1 --steps 30 --output p.png \
      --animation a.gif --animation-every 1
      """, in: folder)
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.errors.contains("a.gif': File too large"))
    #expect(try Set(folder.contents.keys).isSubset(of: ["small.onnx", "small.json", "p.png"]))
  }
}
