import FeatureVisualization
import Foundation
import PictureFiles
import Testing

@Suite("featurevis visualize") struct VisualizeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
  }

  private func visualize(_ arguments: String...) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.succeed(
      ["visualize", "small.onnx"] + arguments, in: folder)
  }

  /// The names of what was written.
  private var written: Set<String> {
    get throws { Set(try folder.contents.keys).subtracting(["small.onnx", "small.json"]) }
  }

  /// Protects file names and lines: one picture per comma, `+` joins units, slashes are no folders.
  @Test func fileNames() throws {
    let outcome = try visualize("--layer", "block/conv2", "--units", "3,1+7", "--steps", "2")
    #expect(try written == ["block_conv2-3.png", "block_conv2-1+7.png"])
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].wholeMatch(of: /block_conv2-3\.png  score [-\d.e]+/) != nil)
    #expect(lines[1].wholeMatch(of: /block_conv2-1\+7\.png  score [-\d.e]+/) != nil)
    #expect(try PictureFile(folder.file("block_conv2-1+7.png")).read().shape == [1, 32, 32, 3])
  }

  /// Protects two neurons of one unit from each other: each position has a file.
  @Test func fileNamesOfNeurons() throws {
    for position in ["0,1", "1,0"] {
      _ = try visualize(
        "--layer", "block/conv2", "--units", "1", "--position", position, "--steps", "2")
    }
    #expect(try written == ["block_conv2-1-at-0-1.png", "block_conv2-1-at-1-0.png"])
  }

  /// Protects the tool as a thin user of the library: the same bytes as from Swift.
  @Test func agreesWithTheLibrary() throws {
    _ = try visualize(
      "--layer", "fc", "--units", "1+3", "--steps", "4", "--seed", "5", "--output", "a/b/tool.png")
    let visualization = try SmallNetwork.load("small", from: folder)
      .visualizeActivation(of: "fc", units: [1, 3], iterations: 4, seed: 5)
    try PictureFile(folder.file("library.png")).write(visualization.picture(0))
    #expect(try folder.bytes("a/b/tool.png") == folder.bytes("library.png"))
  }

  /// Protects reproducibility: a seed fixes every byte, and another one gives another picture.
  @Test func seed() throws {
    for (name, seed) in [("first", "1"), ("again", "1"), ("other", "2")] {
      _ = try visualize(
        "--layer", "fc", "--units", "1", "--steps", "3", "--seed", seed, "--output", "\(name).png")
    }
    #expect(try folder.bytes("first.png") == folder.bytes("again.png"))
    #expect(try folder.bytes("first.png") != folder.bytes("other.png"))
  }

  /// Protects every preset: a picture, whose size is the recipe's or the network's.
  @Test(arguments: Preset.names)
  func preset(name: String) throws {
    let outcome = try visualize(
      "--layer", "relu2", "--units", "2", "--steps", "3", "--preset", name, "--output", "p.jpg")
    let canvas = try Preset.named(name).canvas?.height
    let side = canvas ?? (name == "keras-io" ? 180 - 2 * 25 : 32)
    #expect(try PictureFile(folder.file("p.jpg")).read().shape == [1, side, side, 3])
    #expect(try written == ["p.jpg"])
    #expect(!outcome.output.isEmpty)
  }

  /// Protects `--size` for layers that take any.
  @Test func size() throws {
    _ = try visualize("--layer", "relu1", "--units", "0", "--steps", "2", "--size", "45")
    #expect(try PictureFile(folder.file("relu1-0.png")).read().shape == [1, 45, 45, 3])
  }

  /// Protects sizes that are no squares: height before width, as in Swift; on a drawn and an inspected network alike.
  @Test func heightAndWidth() throws {
    // The unit is silent after two steps, and is to stay so.
    _ = try visualize(
      "--layer", "relu1", "--units", "0", "--steps", "2", "--size", "20x45", "--starts", "0",
      "--preset", "lucid")
    #expect(try PictureFile(folder.file("relu1-0.png")).read().shape == [1, 20, 45, 3])
    let visualization = try SmallNetwork.load("small", from: folder).visualizeActivation(
      of: "relu1", units: [0], preset: .lucid.with(\.size, InputSize(height: 20, width: 45)),
      iterations: 2)
    try PictureFile(folder.file("library.png")).write(visualization.picture(0))
    #expect(try folder.bytes("relu1-0.png") == folder.bytes("library.png"))
    for command in [["inspect"], ["benchmark", "--steps", "1"]] {
      let output = try CommandLineProgram.featurevis.succeed(
        command + ["small.onnx", "--size", "20x45"], in: folder
      ).output
      #expect(output.contains("[1, 20, 45, 3]"), "\(output)")
    }
  }

  /// Protects single neurons: what the library draws, and the position in the report.
  @Test func position() throws {
    for (argument, position, cell) in [
      ("3,2", .cell(row: 3, column: 2), [3, 2]), ("center", .center, [8, 8]),
    ] as [(String, MapPosition, [Int])] {
      _ = try visualize(
        "--layer", "block/conv2", "--units", "1", "--position", argument, "--steps", "3",
        "--output", "tool.png", "--report", "r.json")
      let visualization = try SmallNetwork.load("small", from: folder).visualizeActivation(
        of: "block/conv2", units: [1], at: position, iterations: 3)
      try PictureFile(folder.file("library.png")).write(visualization.picture(0))
      #expect(try folder.bytes("tool.png") == folder.bytes("library.png"))
      let report = try JSONDecoder().decode(Report.self, from: folder.bytes("r.json"))
      #expect(report.pictures[0].position == cell)
    }
  }

  /// Protects heads and tokens: what the library draws, a name of their own, and the report.
  @Test func headAndTokens() throws {
    _ = try visualize(
      "--layer", "block/conv2", "--units", "1", "--head", "1/2", "--tokens", "1..3", "--steps", "3",
      "--output", ".", "--report", "r.json")
    let name = "block_conv2-1-in-head_1_of_2__tokens_1.._4.png"
    #expect(try written.contains(name))
    let visualization = try SmallNetwork.load("small", from: folder).visualizeActivation(
      of: "block/conv2", units: [1], in: .head(1, of: 2).tokens(1..<4), iterations: 3)
    try PictureFile(folder.file("library.png")).write(visualization.picture(0))
    #expect(try folder.bytes(name) == folder.bytes("library.png"))
    let report = try JSONDecoder().decode(Report.self, from: folder.bytes("r.json"))
    #expect(report.pictures[0].part == "head 1 of 2, tokens 1..<4")
  }

  private struct Report: Decodable {
    struct Picture: Decodable {
      struct Iteration: Decodable {
        let iteration: Int
        let objective: Float
        let losses: [String: Float]
      }
      let layer, file: String
      let units: [Int]
      let position: [Int]?
      let part: String?
      let score: Float
      let rawScore: Float?
      let iterations: [Iteration]
      let warnings: [String]
    }
    let preset: String
    let seed: UInt64
    let pictures: [Picture]
  }

  /// Protects the report: a score and named losses of every iteration, those the library gives.
  @Test func report() throws {
    _ = try visualize(
      "--layer", "fc", "--units", "0,1+3", "--steps", "5", "--preset", "keras-vis", "--seed", "9",
      "--report", "reports/r.json", "--output", "pictures")
    let report = try JSONDecoder().decode(Report.self, from: folder.bytes("reports/r.json"))
    #expect(report.preset == "keras-vis" && report.seed == 9)
    #expect(report.pictures.map(\.units) == [[0], [1, 3]])
    #expect(report.pictures.allSatisfy { $0.position == nil })
    #expect(report.pictures.map(\.file) == ["pictures/fc-0.png", "pictures/fc-1+3.png"])
    let visualization = try SmallNetwork.load("small", from: folder).visualizeActivation(
      of: "fc", units: [1, 3], preset: .kerasVis, iterations: 5, seed: 9)
    let picture = report.pictures[1]
    #expect(picture.score == visualization.scores[0])
    #expect(picture.rawScore == visualization.raw?.scores[0])
    #expect(picture.iterations.map(\.objective) == visualization.history.map { $0.objectives[0] })
    #expect(
      Set(picture.iterations[0].losses.keys)
        == ["ActivationMaximization", "LpNorm", "TotalVariation"])
  }

  /// Protects options that change a recipe.
  @Test func recipeOptions() throws {
    _ = try visualize(
      "--layer", "fc", "--units", "0", "--steps", "3", "--preset", "keras-vis", "--jitter", "4",
      "--total-variation", "0.5", "--report", "r.json")
    var recipe = Preset.kerasVis
    recipe.inputModifiers = [.jitter(4)]
    recipe.regularizers = 10 * LpNorm(p: 6) + 0.5 * TotalVariation()
    let visualization = try SmallNetwork.load("small", from: folder).visualizeActivation(
      of: "fc", units: [0], preset: recipe, iterations: 3)
    let report = try JSONDecoder().decode(Report.self, from: folder.bytes("r.json"))
    #expect(report.pictures[0].score == visualization.scores[0])
  }

  /// Protects logs: away from a terminal there are plain lines on standard error, at most ten a picture.
  @Test func plainLines() throws {
    let errors = try visualize(
      "--layer", "fc", "--units", "1", "--steps", "25", "--preset", "lucid"
    ).errors
    #expect(!errors.contains("\r") && !errors.contains("\u{1B}"))
    let lines = errors.split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines.last?.wholeMatch(of: /fc 1: step 25 of 25, objective [-\d.e]+/) != nil)
  }

  /// Protects people from a kept softmax, and the way out that the warning names.
  @Test func softmax() throws {
    let kept = try visualize("--layer", "prob", "--units", "1", "--steps", "1")
    #expect(kept.errors.contains("warning: 'prob' is a softmax"))
    #expect(kept.errors.contains("--linear"))
    let linear = try visualize("--layer", "prob", "--units", "1", "--steps", "1", "--linear")
    #expect(!linear.errors.contains("warning"))
  }

  /// Protects preprocessing by options alone: the sidecar's numbers give the sidecar's bytes.
  @Test func preprocessingByOptions() throws {
    try SmallNetwork().write("bare", sidecar: nil, to: folder)
    _ = try visualize("--layer", "fc", "--units", "1", "--steps", "2", "--preset", "lucid")
    _ = try CommandLineProgram.featurevis.succeed(
      [
        "visualize", "bare.onnx", "--layer", "fc", "--units", "1", "--steps", "2", "--output",
        "bare.png", "--preset", "lucid", "--range", "0,1", "--mean", "0.5,0.4,0.3", "--std", "0.25",
      ], in: folder)
    #expect(try folder.bytes("bare.png") == folder.bytes("fc-1.png"))
  }

  /// Protects labels: the same picture as by index, under a name that a person reads.
  @Test func labels() throws {
    _ = try visualize("--layer", "fc", "--units", "3,Bee+dog", "--steps", "2")
    _ = try visualize("--layer", "fc", "--units", "dog,1+3", "--steps", "2", "--report", "r.json")
    #expect(try folder.bytes("fc-dog.png") == folder.bytes("fc-3.png"))
    #expect(try folder.bytes("fc-Bee+dog.png") == folder.bytes("fc-1+3.png"))
    let report = try JSONDecoder().decode(Report.self, from: folder.bytes("r.json"))
    #expect(report.pictures.map(\.units) == [[3], [1, 3]])
  }

  /// Protects the short way: no layer means the classes' scores without their softmax, `all` every one of them.
  @Test func allClasses() throws {
    let outcome = try visualize(
      "--units", "all", "--steps", "2", "--output", "all", "--sheet", "sheets/all.png")
    let names = ["ant", "bee", "cow", "dog", "elk"]
    #expect(outcome.output.split(separator: "\n").count == 6)
    _ = try visualize("--layer", "fc", "--units", "cow", "--steps", "2")
    #expect(try folder.bytes("all/fc-cow.png") == folder.bytes("fc-cow.png"))
    let pictures = try names.map { try PictureFile(folder.file("all/fc-\($0).png")).read() }
    let sheet = ContactSheet(pictures, captions: names).picture
    #expect(try PictureFile(folder.file("sheets/all.png")).read() == sheet)
    // A line for each picture, with the time that is left.
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.filter { !$0.hasPrefix("note: recommended: ") }.count == 5)
    #expect(outcome.errors.contains("s left"))
  }

  /// Protects a picture to start from, and the way down: no steps leave it, `--negate` lowers what steps raise.
  @Test func startAndNegate() throws {
    let count = 32 * 32 * 3
    let colors = (0..<count).map { (index: Int) -> Float in Float(4 + index % 7) / 14 }
    let start = Tensor(shape: [32, 32, 3], elements: colors)
    try PictureFile(folder.file("start.png")).write(start)
    let network = try SmallNetwork.load("small", from: folder)
    let before = try network.evaluate(
      try PictureFile(folder.file("start.png")).read(), at: "fc"
    ).elements[1]
    func score(_ options: String...) throws -> Float {
      _ = try CommandLineProgram.featurevis.succeed(
        [
          "visualize", "small.onnx", "--units", "bee", "--start", "start.png", "--steps", "10",
          "--output", "end.png", "--report", "r.json", "--preset", "lucid",
        ] + options, in: folder)
      return try JSONDecoder().decode(Report.self, from: folder.bytes("r.json")).pictures[0].score
    }
    #expect(try score() > before)
    #expect(try score("--negate") < before)
  }
}
