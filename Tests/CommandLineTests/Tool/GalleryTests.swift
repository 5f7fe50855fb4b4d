import FeatureVisualization
import Foundation
import Testing

@Suite("featurevis gallery") struct GalleryTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
  }

  private static let command = ["gallery", "small.onnx", "--units", "0..<5", "--steps", "6"]

  private func run(_ arguments: [String]) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.run(arguments, in: folder)
  }

  /// The merged site of a folder, without what workers left of themselves.
  private func site(_ name: String) throws -> [String: Data] {
    let place = folder.file(name)
    var site: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: place.path)
    where !path.hasPrefix("work") {
      site[path] = (try? Data(contentsOf: place.appending(path: path))) ?? Data()
    }
    return site
  }

  private struct Line: Decodable {
    let event: String
    let layer: String?
    let unit: Int?
    let score: Float?
    let drawn: Int?
    let kept: Int?
    let file: String?
  }

  @Test("A gallery is drawn and merged, told by lines of JSON, and found finished the second time")
  func draws() throws {
    let first = try CommandLineProgram.featurevis.succeed(
      Self.command + ["--output", "site", "--json-lines", "--quiet"], in: folder)
    #expect(first.errors.isEmpty, "\(first.errors)")
    let lines = try first.output.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
    #expect(lines.filter { $0.event == "finished" && $0.score != nil }.count == 15)
    let end = lines.first { $0.event == "end" }
    #expect(end?.drawn == 15 && end?.kept == 0)
    #expect(lines.last?.event == "made" && lines.last?.file == "site/index.html")
    let site = try site("site")
    #expect(site["index.html"] != nil && site.keys.filter { $0.hasSuffix(".png") }.count == 15)
    let again = try CommandLineProgram.featurevis.succeed(
      Self.command + ["--output", "site"], in: folder)
    #expect(again.errors.contains("0 units drawn, 15 were there"))
    #expect(try self.site("site") == site)
  }

  @Test("A recipe's size and canvas that are no height and width are told, and nothing is drawn")
  func wrongSides() throws {
    for part in ["size", "canvas"] {
      for sides in ["[]", "[0, 16]", "[16, 16, 3]"] {
        try Data("{\"\(part)\": \(sides)}".utf8).write(to: folder.file("recipe.json"))
        let outcome = try run(Self.command + ["--recipe", "recipe.json", "--output", "site"])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("\(part): \(sides) is no height and width"))
      }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.file("site").path))
  }

  @Test("A picture of a gallery is the one that visualize draws of the recipe on its page")
  func agreesWithVisualize() throws {
    _ = try CommandLineProgram.featurevis.succeed(
      [
        "gallery", "small.onnx", "--layers", "block/*", "--units", "3", "--steps", "6", "--output",
        "site",
      ],
      in: folder)
    let site = try site("site")
    let text = String(decoding: try #require(site["manifest.json"]), as: UTF8.self)
    let seed = try #require(text.firstMatch(of: /"seed":(\d+)/)).output.1
    _ = try CommandLineProgram.featurevis.succeed(
      [
        "visualize", "small.onnx", "--layer", "block/conv2", "--units", "3", "--steps", "6",
        "--preset", "lucid", "--seed", String(seed), "--output", "alone.png",
      ], in: folder)
    let picture = try #require(site.first { $0.key.hasSuffix("0003.png") }).value
    #expect(try folder.bytes("alone.png") == picture)
  }

  @Test("Shards of an array's task merge to the site of one command, and not before all are drawn")
  func shards() throws {
    _ = try CommandLineProgram.featurevis.succeed(Self.command + ["--output", "whole"], in: folder)
    let environment = "SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_ID"
    let arguments = Self.command.joined(separator: " ").replacing("0..<5", with: "'0..<5'")
    let first = try CommandLineProgram.featurevis.script(
      "\(environment)=2 exec \"$TOOL\" \(arguments) --shard auto --output parts", in: folder)
    #expect(first.status == 0 && !first.output.contains("index.html"))
    let early = try run(["gallery", "merge", "small.onnx", "--output", "parts"])
    #expect(
      early.status == 1 && early.errors.contains("lacks 10 of 15 units: conv1 0, conv1 1, conv1 3"))
    for task in 0...1 {
      let outcome = try CommandLineProgram.featurevis.script(
        "\(environment)=\(task) exec \"$TOOL\" \(arguments) --shard auto --output parts", in: folder
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    _ = try CommandLineProgram.featurevis.succeed(
      ["gallery", "merge", "small.onnx", "--output", "parts"], in: folder)
    #expect(try site("parts") == site("whole"))
  }

  /// Starts the command and ends it by a signal after some time, if it has not ended.
  private func start(_ arguments: [String], endedBy signal: Int32, after seconds: Double) throws {
    let process = Process()
    process.executableURL = CommandLineProgram.featurevis.url
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    Thread.sleep(forTimeInterval: seconds)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
  }

  @Test(
    "Killed at random moments and gone on with, the site is byte for byte that of an undisturbed run"
  )
  func survivesKills() throws {
    let isLong = ProcessInfo.processInfo.environment["FEATUREVIS_LONG_TESTS"] != nil
    let command = Self.command + ["--steps", "40", "--batch", "2", "--quiet", "--output"]
    let begun = ContinuousClock.now
    _ = try CommandLineProgram.featurevis.succeed(command + ["undisturbed"], in: folder)
    let seconds = (ContinuousClock.now - begun) / .seconds(1)
    var random = SeededGenerator(seed: 5)
    for _ in 0..<(isLong ? 20 : 4) {
      try start(
        command + ["killed"], endedBy: SIGKILL,
        after: Double.random(in: 0..<0.7, using: &random) * seconds)
    }
    _ = try CommandLineProgram.featurevis.succeed(command + ["killed"], in: folder)
    #expect(try site("killed") == site("undisturbed"))
  }

  @Test("A signal ends a gallery at once, which says how to go on")
  func interrupted() throws {
    let arguments = Self.command.joined(separator: " ").replacing("0..<5", with: "'0..<5'")
    let outcome = try CommandLineProgram.featurevis.script(
      """
      "$TOOL" \(arguments) --steps 100000 --output site 2> errors & pid=$!
      until grep -q now errors; do sleep 0.1; done
      kill -TERM $pid; wait $pid; echo $?; cat errors
      """, in: folder)
    #expect(outcome.output.hasPrefix("143\n"), "\(outcome.output)")
    #expect(outcome.output.contains("interrupted: 15 units are left; the same command goes on"))
  }

  @Test("A limit on files, as a full disk, is told unit by unit, and the exit status says so")
  func fullDisk() throws {
    let arguments = Self.command.joined(separator: " ").replacing("0..<5", with: "'0..<5'")
    let outcome = try CommandLineProgram.featurevis.script(
      "ulimit -f 2; exec \"$TOOL\" \(arguments) --output site", in: folder)
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "warning: conv1 0: cannot write 'site/pictures/000-conv1/000/0000.png'"),
      "\(outcome.errors)")
    _ = try CommandLineProgram.featurevis.succeed(Self.command + ["--output", "site"], in: folder)
    _ = try CommandLineProgram.featurevis.succeed(Self.command + ["--output", "fresh"], in: folder)
    #expect(try site("site") == site("fresh"))
  }

  @Test(
    "What is wrong with a command line is told before any work",
    arguments: [
      (["--layers", "conv9"], "no layer 'conv9'"), (["--units", "5..<5"], "--units"),
      (["--shard", "4/3"], "4/3 is no shard"), (["--shard", "auto"], "SLURM_ARRAY_TASK_ID"),
      (["--objective", "channel(fc, 1)"], "--objective"), (["--pictures", "2"], "--pictures"),
      (["--batch", "0"], "--batch"),
      (["--prior", "diversity(conv1)"], "looks at several pictures"),
    ])
  func refuses(arguments: [String], message: String) throws {
    let outcome = try run(["gallery", "small.onnx", "--output", "site"] + arguments)
    #expect(outcome.status != 0 && outcome.errors.contains(message), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("site").path))
  }

  @Test(
    "Another network or recipe in a folder is refused by what differs; merging names a folder without a gallery"
  )
  func refusesOthers() throws {
    _ = try CommandLineProgram.featurevis.succeed(Self.command + ["--output", "site"], in: folder)
    let recipe = try run(Self.command + ["--optimizer", "adam(0.1)", "--output", "site"])
    #expect(
      recipe.status == 1 && recipe.errors.contains("\"optimizer\":\"adam(0.1)\"")
        && recipe.errors.contains("--refresh"))
    var other = SmallNetwork()
    other.lastBias = 1
    try other.write("other", to: folder)
    let network = try run(["gallery", "merge", "other.onnx", "--output", "site"])
    #expect(network.status == 1 && network.errors.contains("the network is"))
    let mine = try run(Self.command + ["--output", "."])
    #expect(mine.status == 1 && mine.errors.contains("holds files and no gallery"))
    let none = try run(["gallery", "merge", "small.onnx", "--output", "nowhere"])
    #expect(none.status == 1 && none.errors.contains("holds no gallery"))
  }
}
