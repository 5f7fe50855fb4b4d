import FeatureVisualization
import Foundation
import PictureFiles
import PictureJudging
import Testing

@Suite("featurevis judge") struct JudgeTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    var other = SmallNetwork()
    other.lastBias = 3
    try other.write(
      "other",
      sidecar: SmallNetwork.sidecar.replacingOccurrences(of: "\"cow\"", with: "\"Cow, cattle\""),
      to: folder)
    try FileManager.default.createDirectory(
      at: folder.file("drawn"), withIntermediateDirectories: true)
    for (name, seed) in [("fc-cow.png", 1), ("fc-dog.png", 2), ("fc-cow-2.png", 3)] {
      try write("drawn/\(name)", seed: UInt64(seed))
    }
  }

  private func write(_ name: String, seed: UInt64) throws {
    let noise = Tensor.sample([1, 40, 40, 3], seed: seed).map { 0.5 + 0.5 * $0 }
    try PictureFile(folder.file(name)).write(noise)
  }

  private func judge(_ arguments: String...) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.run(["judge"] + arguments, in: folder)
  }

  private struct Report: Decodable {
    let judges: [JudgeEntry]
    let naturalSlope: Slope
    let pictures: [Picture]
    let diversity: [Diversity]

    struct JudgeEntry: Decodable {
      let name: String
      let classes: Int
      let features: String?
    }

    struct Slope: Decodable {
      let exponent: Float
      let source: String?
    }

    struct Picture: Decodable {
      let file: String
      let judgement: Judgement
    }

    struct Judgement: Decodable {
      let drawnClass: String?
      let namedFirst: Int?
      let judges: [Opinion]
      let spectrumSlope: Float?
      let score: Score?
    }

    struct Opinion: Decodable {
      let judge: String
      let unit: Int?
      let matchedBy: String?
      let rank: Int?
      let probability: Float?
      let nearest: Neighbour?
    }

    struct Neighbour: Decodable {
      let name: String
      let distance: Float
    }

    struct Score: Decodable {
      let score: Float
      let mean: Float
      let draws: Int
    }

    struct Diversity: Decodable {
      let drawnClass: String
      let pictures: Int
      let judge: String
      let meanDistance: Float
    }
  }

  private func report(_ arguments: String...) throws -> Report {
    let outcome = try CommandLineProgram.featurevis.succeed(
      ["judge"] + arguments + ["--json"], in: folder)
    return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
  }

  /// Protects the numbers: what the library says, for the classes that the pictures' names tell.
  @Test func agreesWithTheLibrary() throws {
    let found = try report("drawn", "--by", "small.onnx", "other.onnx")
    #expect(
      found.pictures.map(\.file) == ["drawn/fc-cow-2.png", "drawn/fc-cow.png", "drawn/fc-dog.png"])
    #expect(found.pictures.map(\.judgement.drawnClass) == ["cow", "cow", "dog"])
    #expect(found.judges.map(\.name) == ["small", "other"])
    #expect(found.judges.allSatisfy { $0.classes == 5 && $0.features == "flatten" })
    let judges = try ["small", "other"].map {
      try Judge(try SmallNetwork.load($0, from: folder), named: $0)
    }
    for picture in found.pictures {
      let pixels = try PictureFile(folder.file(picture.file)).read()
      let unit = picture.judgement.drawnClass == "cow" ? 2 : 3
      for (judge, opinion) in zip(judges, picture.judgement.judges) {
        let verdict = try judge.opinion(on: pixels).verdict(on: unit)
        #expect(opinion.unit == unit && opinion.matchedBy == "label")
        #expect(opinion.rank == verdict.rank && opinion.probability == verdict.probability)
      }
      #expect(
        picture.judgement.spectrumSlope == (try SpectrumSlope(of: pixels))?.exponent)
    }
    let features = try ["fc-cow-2", "fc-cow"].compactMap {
      try judges[0].opinion(on: PictureFile(folder.file("drawn/\($0).png")).read()).features
    }
    #expect(found.diversity.map(\.judge) == ["small", "other"])
    #expect(found.diversity[0].meanDistance == FeatureDistance.meanOfPairs(features))
    #expect(found.naturalSlope.exponent == 2 && found.naturalSlope.source == nil)
  }

  /// Protects the natural pictures: the nearest of them by name, and their slope in place of the published one.
  @Test func naturalPictures() throws {
    try FileManager.default.createDirectory(
      at: folder.file("photos"), withIntermediateDirectories: true)
    try write("photos/same.png", seed: 1)
    try write("photos/else.png", seed: 9)
    try Data("no picture".utf8).write(to: folder.file("photos/broken.png"))
    let outcome = try judge(
      "drawn/fc-cow.png", "--by", "small.onnx", "--pictures", "photos", "--json")
    #expect(outcome.status == 0 && outcome.errors.contains("broken.png"))
    let found = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    let nearest = try #require(found.pictures[0].judgement.judges[0].nearest)
    #expect(nearest.name == "same.png" && nearest.distance < 1e-5)
    #expect(found.naturalSlope.source == "photos")
  }

  /// Protects pictures that cannot be read: they are named, the others are judged, and the status says so.
  @Test func damagedPictures() throws {
    try Data("no picture".utf8).write(to: folder.file("drawn/fc-ant.png"))
    let outcome = try judge("drawn", "missing.png", "--by", "small.onnx", "--report", "all.json")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("fc-ant.png") && outcome.errors.contains("missing.png"))
    #expect(outcome.errors.contains("2 of 5 pictures could not be judged"))
    let written = try JSONDecoder().decode(Report.self, from: folder.bytes("all.json"))
    #expect(written.pictures.count == 3)
    #expect(outcome.output.contains("small names"))
  }

  /// Protects classes that judges do not know, and judges that cannot judge: refused by name before any work.
  @Test func refusals() throws {
    try SmallNetwork().write("bare", sidecar: nil, to: folder)
    try SmallNetwork().write(
      "unlabelled",
      sidecar: """
        {"channelOrder": "RGB", "valueRange": [0, 1], "mean": [0.5, 0.4, 0.3], "standardDeviation": [0.25]}
        """, to: folder)
    for (arguments, words) in [
      (["drawn", "--by", "small.onnx", "--class", "cowl"], "cow"),
      (["drawn", "--by", "small.onnx", "bare.onnx"], "bare.onnx"),
      (["drawn", "--by", "small.onnx", "unlabelled.onnx", "--class", "cow"], "'unlabelled'"),
      (["drawn", "--by", "small.onnx", "--class", "9"], "9"),
      (["empty", "--by", "nothing.onnx"], "nothing.onnx"),
      (["small.json", "--by", "small.onnx"], "no report"),
    ] {
      let outcome = try CommandLineProgram.featurevis.run(["judge"] + arguments, in: folder)
      #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
    // By number where the network that drew them has as many classes, and said.
    let outcome = try judge(
      "drawn/fc-cow.png", "--by", "unlabelled.onnx", "--drawn-on", "small.onnx", "--json")
    #expect(outcome.status == 0 && outcome.errors.contains("by its number alone"))
    let found = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(found.pictures[0].judgement.judges[0].unit == 2)
    #expect(found.pictures[0].judgement.judges[0].matchedBy == "number")
  }

  /// Protects `visualize --judge` and its report, which `judge` reads: both say the same of the picture that was drawn.
  @Test func drawnAndJudged() throws {
    let drawn = try CommandLineProgram.featurevis.succeed(
      [
        "visualize", "small.onnx", "--units", "cow", "--steps", "3", "--output", "new", "--report",
        "report.json", "--judge", "other.onnx", "small.onnx",
      ], in: folder)
    #expect(drawn.output.contains("named first by "))
    #expect(drawn.output.contains("other 0.") || drawn.output.contains("other 1."))
    struct Drawn: Decodable {
      let pictures: [Picture]
      struct Picture: Decodable {
        let labels: [String]
        let classes: Int
        let judgement: Report.Judgement
      }
    }
    let first = try JSONDecoder().decode(Drawn.self, from: folder.bytes("report.json")).pictures[0]
    #expect(first.labels == ["cow"] && first.classes == 5 && first.judgement.score?.draws == 32)
    let found = try report(
      "report.json", "--by", "other.onnx", "small.onnx", "--drawn-on", "small.onnx")
    let again = found.pictures[0].judgement
    #expect(again.drawnClass == "cow" && again.score != nil)
    for (one, other) in zip(first.judgement.judges, again.judges) {
      // The file has 8 bits a colour.
      #expect(one.judge == other.judge && one.unit == other.unit)
      #expect(abs((one.probability ?? 9) - (other.probability ?? -9)) < 0.02)
    }
    // A unit that is no class is refused before anything is drawn.
    let refused = try CommandLineProgram.featurevis.run(
      [
        "visualize", "small.onnx", "--layer", "conv1", "--units", "1", "--output", "no", "--judge",
        "small.onnx",
      ], in: folder)
    #expect(refused.status == 1 && refused.errors.contains("not one class"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("no").path))
  }
}
