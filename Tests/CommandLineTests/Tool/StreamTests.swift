import Foundation
import PictureFiles
import Testing

/// Protects pictures and exit statuses from whatever a shell does to the tool's streams.
@Suite("featurevis and its streams") struct StreamTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
  }

  private static let visualize =
    #""$TOOL" visualize small.onnx --layer fc --units 0,1,2 --steps 2 --output pictures"#

  private func script(_ lines: String) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.script(lines, in: folder)
  }

  /// The pictures that `visualize` has written, all of them whole.
  private func pictures() throws -> Int {
    try (0..<3).count {
      try PictureFile(folder.file("pictures/fc-\($0).png")).read().shape == [1, 32, 32, 3]
    }
  }

  /// Protects pictures from a standard output that fails: they are written, and what is lost is an error.
  @Test(arguments: [(">&-", 1), ("2>&-", 0), ("<&- >&- 2>&-", 1), ("2>/dev/full", 0)])
  func closed(redirection: String, status: Int32) throws {
    let outcome = try script("\(Self.visualize) \(redirection)")
    #expect(outcome.status == status, "\(outcome.errors)")
    #expect(try pictures() == 3)
  }

  @Test func fullDisk() throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    let drawn = try script("\(Self.visualize) >/dev/full")
    #expect(drawn.status == 1)
    #expect(drawn.errors.contains("cannot write to standard output: No space left on device"))
    #expect(try pictures() == 3)
    for command in ["inspect small.onnx", "inspect small.onnx --json", "--help", "architectures"] {
      let outcome = try script("\"$TOOL\" \(command) >/dev/full")
      #expect(outcome.status == 1, "\(command)")
      #expect(outcome.errors.contains("No space left"), "\(command): \(outcome.errors)")
    }
  }

  /// Protects pictures from a reader that has enough: no death by SIGPIPE, nothing lost, nothing said.
  @Test func closedPipe() throws {
    let outcome = try script("{ \(Self.visualize); echo $? >status; } | head -n 0; cat status")
    #expect(outcome.output == "0\n")
    #expect(!outcome.errors.contains("Error"))
    #expect(try pictures() == 3)
  }

  /// Protects files from the numbers of closed streams: what is printed must not get into a picture.
  @Test func filesDoNotGetTheNumbersOfStreams() throws {
    _ = try script("\(Self.visualize) --report r.json <&- >&- 2>&-")
    _ = try JSONSerialization.jsonObject(with: folder.bytes("r.json"))
    #expect(try pictures() == 3)
  }

  /// Protects a file that would grow past the shell's limit: an error before the work, and nothing left behind.
  @Test func fileSizeLimit() throws {
    let outcome = try script(
      #"ulimit -f 1; "$TOOL" visualize small.onnx --layer fc --units 1 --steps 1 --size 64 --preset lucid --output p.png"#
    )
    #expect(outcome.status == 1, "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("Error: cannot write 'p.png': File too large"))
    #expect(try Set(folder.contents.keys) == ["small.onnx", "small.json"])
  }

  /// Protects the terminal from names: escape sequences in labels, layers and files are shown, not sent.
  @Test func escapeSequences() throws {
    let evil = "\u{1B}]0;x\u{7}\u{9B}31m\u{202E}\nWarning"
    let labels = try JSONSerialization.data(withJSONObject: [
      "channelOrder": "RGB", "valueRange": [0, 1], "labels": [evil, "b", "c", "d", "e"],
    ])
    try SmallNetwork().write(
      "small", sidecar: String(decoding: labels, as: UTF8.self), to: folder)
    try PictureFile(folder.file("p.png")).write(.samplePicture(height: 32, width: 32))
    for arguments in [
      ["visualize", "small.onnx", "--units", "all", "--steps", "1"],
      ["visualize", "small.onnx", "--units", evil, "--steps", "1"],
      ["visualize", "small.onnx", "--units", evil + "x"],
      ["visualize", "small.onnx", "--layer", evil], ["inspect", evil], ["paint" + evil],
      ["predict", "small.onnx", "--image", "p.png"],
      ["predict", "small.onnx", "--image", "p.png", "--json"],
    ] {
      let outcome = try CommandLineProgram.featurevis.run(arguments, in: folder)
      for scalar in (outcome.output + outcome.errors).unicodeScalars where scalar != "\n" {
        #expect(
          scalar.properties.generalCategory != .control && !scalar.properties.isBidiControl,
          "\(arguments): U+\(String(scalar.value, radix: 16))")
      }
      #expect(!(outcome.output + outcome.errors).contains("\nWarning"), "\(arguments)")
    }
  }

  /// Protects a run that is interrupted: it stops within a step, keeps what it has, and says so by its status.
  @Test(arguments: [("INT", 130), ("TERM", 143)])
  func interruption(signal: String, status: Int32) throws {
    // A shell without job control has its background processes ignore SIGINT; `env` cannot take that back.
    try #require(FileManager.default.fileExists(atPath: "/usr/bin/timeout"))
    let outcome = try script(
      """
      timeout --foreground -s \(signal) 2 \
      "$TOOL" visualize small.onnx --layer fc --units 0,1 --steps 100000000 --report r.json
      """)
    #expect(outcome.errors.contains("interrupted: 'fc-0.png' is the picture after"))
    #expect(try PictureFile(folder.file("fc-0.png")).read().shape == [1, 32, 32, 3])
    #expect(
      try Set(folder.contents.keys) == ["small.onnx", "small.json", "fc-0.png", "r.json"])
    // `timeout` itself says 124 unless it is asked for the program's status.
    let kept = try script(
      """
      timeout --foreground --preserve-status -s \(signal) 1 \
      "$TOOL" visualize small.onnx --layer fc --units 0 --steps 100000000
      """)
    #expect(kept.status == status)
  }
}
