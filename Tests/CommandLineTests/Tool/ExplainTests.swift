import Attribution
import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles
import Testing

@Suite("featurevis explain") struct ExplainTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
    try PictureFile(folder.file("wide.png")).write(.samplePicture(height: 40, width: 64))
    try PictureFile(folder.file("tall.png")).write(.samplePicture(height: 50, width: 20))
  }

  private func explain(_ arguments: String...) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.succeed(["explain", "small.onnx"] + arguments, in: folder)
  }

  private func picture(_ name: String) throws -> Tensor {
    try PictureFile(folder.file(name)).read().resizedToFill(height: 32, width: 32)
  }

  /// Protects the numbers: what the library finds for the class, by logits, of the picture as the network sees it.
  @Test func agreesWithTheLibrary() throws {
    _ = try explain(
      "--image", "wide.png", "tall.png", "--class", "cow", "--method",
      "gradient, smooth-grad(samples: 3)", "--seed", "4", "--arrays", "maps")
    let network = try SmallNetwork.load("small", from: folder).replacingFinalActivations()
    for name in ["wide", "tall"] {
      for (method, file): (any AttributionMethod, String) in [
        (Saliency.gradient, "gradient"), (SmoothGrad(samples: 3), "smooth-grad"),
      ] {
        let map = try network.attribution(
          of: "fc", at: try picture("\(name).png"), for: "cow", by: method, seed: 4)
        let written = try NumPyFile(folder.file("maps/\(name)-\(file).npy")).read()
        #expect(written == map.values)
      }
    }
  }

  /// Protects the class that nobody names: the one that the network names first, for each picture, and told.
  @Test func firstClass() throws {
    let network = try SmallNetwork.load("small", from: folder)
    let output = try explain(
      "--image", "wide.png", "tall.png", "--method", "saliency", "--output", "sheet.png"
    ).output
    let labels = ["ant", "bee", "cow", "dog", "elk"]
    for (line, name) in zip(output.split(separator: "\n"), ["wide.png", "tall.png"]) {
      let scores = try network.evaluate(try picture(name))
      let first = labels[scores.span.topIndices(1)[0]]
      #expect(line.hasPrefix("\(name)  \(first)  "), "\(output)")
    }
    let sheet = try PictureFile(folder.file("sheet.png")).read()
    #expect(sheet.shape == [1, 2 * (32 + 17) + 4, 2 * 32 + 4, 3])
  }

  /// Protects --against: the question turned round, so that signs change and what spoke for the class is gone.
  @Test func against() throws {
    _ = try explain(
      "--image", "wide.png", "--class", "1", "--method", "gradient", "--arrays", "for")
    _ = try explain(
      "--image", "wide.png", "--class", "1", "--method", "gradient", "--against", "--arrays",
      "against")
    let one = try NumPyFile(folder.file("for/wide-gradient.npy")).read()
    let other = try NumPyFile(folder.file("against/wide-gradient.npy")).read()
    #expect(other == one.map { -$0 } && one.elements.contains { $0 != 0 })
  }

  /// Protects questions about units of other layers, objectives, and rules of backpropagation.
  @Test func otherQuestions() throws {
    let network = try SmallNetwork.load("small", from: folder)
    _ = try explain(
      "--image", "wide.png", "--target", "block/conv2", "--class", "3", "--method", "gradient",
      "--backprop", "guided", "--arrays", "unit")
    _ = try explain(
      "--image", "wide.png", "--objective", "channel(block/conv2, 3)", "--method", "gradient",
      "--backprop", "guided", "--arrays", "objective")
    let expected = try network.attribution(
      of: "block/conv2", at: try picture("wide.png"), for: 3, by: .gradient,
      backpropModifier: GuidedBackprop())
    for name in ["unit", "objective"] {
      #expect(try NumPyFile(folder.file("\(name)/wide-gradient.npy")).read() == expected.values)
    }
  }

  /// Protects JSON: where the maximum is, and the limit of colours.
  @Test func json() throws {
    struct Report: Decodable {
      let picture: String
      let question: String
      let value: Float
      let maps: [Map]
      struct Map: Decodable {
        let method: String
        let isSigned: Bool
        let maximum: [Int]
        let range: [Float]
        let limit: Float
      }
    }
    let output = try explain(
      "--image", "wide.png", "--class", "dog", "--method", "saliency", "--json"
    ).output
    let report = try JSONDecoder().decode([Report].self, from: Data(output.utf8))[0]
    let network = try SmallNetwork.load("small", from: folder).replacingFinalActivations()
    let map = try network.attribution(
      of: "fc", at: try picture("wide.png"), for: "dog", by: .saliency
    ).values
    let place = map.span.topIndices(1)[0]
    #expect(report.question == "dog" && report.picture == "wide.png")
    #expect(report.value == (try network.evaluate(try picture("wide.png"), at: "fc")[0, 3]))
    #expect(report.maps[0].method == "saliency" && !report.maps[0].isSigned)
    #expect(report.maps[0].maximum == [place / 32, place % 32])
    #expect(report.maps[0].range == [map.elements.min() ?? 0, map.elements.max() ?? 0])
    #expect(report.maps[0].limit <= report.maps[0].range[1])
  }

  /// Protects maps of nothing: a class that the picture says nothing about has a map of zeros, and a sheet all the same.
  @Test func mapsOfZeros() throws {
    let output = try explain(
      "--image", "wide.png", "--objective", "0 * channel(fc, 1)", "--method", "saliency,gradient",
      "--arrays", "maps", "--output", "sheet.png")
    #expect(output.status == 0)
    #expect(
      try NumPyFile(folder.file("maps/wide-gradient.npy")).read().elements.allSatisfy { $0 == 0 })
    let sheet = try PictureFile(folder.file("sheet.png")).read()
    #expect(sheet.elements.allSatisfy { (0...1).contains($0) })
  }

  /// Protects the words of refusals: in terms of what was typed, before any file is written.
  @Test(arguments: [
    (["--image", "none.png"], "none.png"), (["--image", "small.json"], "is not a PNG or JPEG"),
    (["--image", "wide.png", "--class", "be"], "did you mean 'bee'"),
    (["--image", "wide.png", "--class", "7"], "units 0 to 4"),
    (["--image", "wide.png", "--target", "relu2"], "say which unit with --class"),
    (["--image", "wide.png", "--method", "salient"], "'salient' is no attribution method"),
    (["--image", "wide.png", "--method", ""], "say a method"),
    (["--image", "wide.png", "--layer", "conv7"], "no layer 'conv7'"),
    (["--image", "wide.png", "--layer", "fc", "--method", "grad-cam"], "has no positions"),
    (
      [
        "--image", "wide.png", "--target", "relu1", "--class", "2", "--layer", "relu2", "--method",
        "grad-cam",
      ], "--layer before --target"
    ),
    (["--image", "wide.png", "--opacity", "2"], "is not in 0...1"),
    (["--image", "sheet.png"], "would overwrite"),
  ])
  func refuses(arguments: [String], message: String) throws {
    let outcome = try CommandLineProgram.featurevis.run(
      ["explain", "small.onnx", "--output", "sheet.png", "--method", "saliency"] + arguments,
      in: folder)
    #expect(outcome.status != 0 && outcome.errors.contains(message), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("sheet.png").path))
  }
}
