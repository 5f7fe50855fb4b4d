import CFVTestData
import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles
import Testing

/// Protects people whose inputs are no pictures of colours: other channels, signals, rows of numbers, planes.
@Suite("featurevis with other inputs than colours") struct InputKindTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// tanh of a dense layer over everything.
  private func write(_ name: String, _ shape: [Int], channelAxis: Int?) throws {
    let count = shape.reduce(1, *)
    let network = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [NetworkInput("x", shape: [nil] + shape, channelAxis: channelAxis)],
      layers: [
        Layer("flat", Flatten(), inputs: ["x"]),
        Layer("y", Dense(weights: .sample([2, count])), inputs: ["flat"]),
      ], outputs: ["y"])
    try ONNXFile.write(network, to: folder.file("\(name).onnx"))
  }

  private func draw(_ network: String, _ output: String, _ arguments: String...) throws -> String {
    try CommandLineProgram.featurevis.succeed(
      ["visualize", network, "--units", "1", "--steps", "4", "--range", "0,1", "--output", output]
        + arguments, in: folder
    ).output
  }

  private func size(_ name: String) throws -> [Int] {
    Array(try PictureFile(folder.file(name)).read().shape[1...2])
  }

  /// The score that is printed is that of the numbers written, by another command.
  private func expectScore(_ network: String, _ shape: [Int], _ arguments: [String] = []) throws {
    let output = try CommandLineProgram.featurevis.succeed(
      [
        "visualize", network, "--units", "1", "--steps", "4", "--range", "0,1", "--mean", "0.2",
        "--output", "x.npy", "--report", "r.json",
      ] + arguments, in: folder
    ).output
    #expect(output.contains("x.npy  score"))
    #expect(try NumPyFile(folder.file("x.npy")).read().shape == shape)
    _ = try CommandLineProgram.featurevis.succeed(
      ["run", network, "--input", "x.npy", "--layer", "y", "--output", "y.npy"], in: folder)
    struct Report: Decodable {
      struct Entry: Decodable { let score: Float }
      let pictures: [Entry]
    }
    let report = try JSONDecoder().decode(Report.self, from: try folder.bytes("r.json"))
    let value = try NumPyFile(folder.file("y.npy")).read().elements[1]
    #expect(abs(value - report.pictures[0].score) < 1e-4)
  }

  @Test func `four channels: a sheet, chosen ones, colours of a sidecar, numbers`() throws {
    try write("four", [4, 8, 8], channelAxis: 1)
    _ = try draw("four.onnx", "sheet.png")
    // Two by two, each with a caption of 17 pixels.
    #expect(try size("sheet.png") == [2 * 25 + 4, 20])
    let names = ["--channel-order", "B2,B3,B4,B8"]
    _ = try draw("four.onnx", "three.png", names[0], names[1], "--show", "B8,B4,B3")
    #expect(try size("three.png") == [8, 8])
    let drawn = try NeuralNetwork(contentsOf: folder.file("four.onnx"))
      .specifying(try InputSpecification(channelOrder: .named(["B2", "B3", "B4", "B8"])))
      .visualizeActivation(of: "y", units: [1], iterations: 4)
    try PictureFile(folder.file("own.png")).write(drawn.picture(0, showing: ["B8", "B4", "B3"]))
    #expect(try folder.bytes("own.png") == folder.bytes("three.png"))
    try expectScore("four.onnx", [1, 8, 8, 4])
    let sidecar = """
      {"channelOrder": [{"name": "a", "color": [1, 0, 0]}, "b", "c", "d"], "valueRange": [0, 1]}
      """
    try Data(sidecar.utf8).write(to: folder.file("four.json"))
    _ = try draw("four.onnx", "colors.png")
    let colors = try PictureFile(folder.file("colors.png")).read()
    #expect(colors.shape == [1, 8, 8, 3])
    #expect(stride(from: 1, to: colors.count, by: 3).allSatisfy { colors.elements[$0] == 0 })
    _ = try draw("four.onnx", "folder", "--sheet", "all.jpg")
    #expect(try size("folder/y-1.png") == [8, 8])
  }

  @Test func `signals and rows of numbers are drawn as charts`() throws {
    try write("signal", [2, 64], channelAxis: 1)
    _ = try draw("signal.onnx", "signal.png", "--channel-order", "left,right")
    _ = try draw("signal.onnx", "left.png", "--channel-order", "left,right", "--show", "left")
    #expect(try size("signal.png")[1] == 640 && size("left.png")[1] == 640)
    #expect(try folder.bytes("signal.png") != folder.bytes("left.png"))
    try expectScore("signal.onnx", [1, 64, 2])
    try write("row", [10], channelAxis: nil)
    _ = try draw("row.onnx", "row.png")
    _ = try draw("row.onnx", "curve.png", "--channel-order", "gray")
    #expect(try size("row.png")[1] == 640 && size("curve.png")[1] == 640)
    try expectScore("row.onnx", [1, 10])
    try write("flat", [64], channelAxis: nil)
    _ = try draw("flat.onnx", "flat.png", "--size", "8")
    #expect(try size("flat.png") == [8, 8])
  }

  @Test func `a plane of either layout is a grey picture`() throws {
    try write("plane", [6, 9], channelAxis: 1)
    _ = try draw("plane.onnx", "plane.png", "--channel-order", "gray")
    #expect(try size("plane.png") == [6, 9])
    try expectScore("plane.onnx", [1, 9, 6], ["--channel-order", "gray"])
  }

  @Test func `the other commands know the channels`() throws {
    try write("four", [4, 8, 8], channelAxis: 1)
    try Data(#"{"channelOrder": 4, "valueRange": [0, 1]}"#.utf8).write(to: folder.file("four.json"))
    let output = try CommandLineProgram.featurevis.succeed(["inspect", "four.onnx"], in: folder)
      .output
    #expect(output.contains("input x [1, 8, 8, 4], 4 0,1 less 0 over 1"))
    _ = try CommandLineProgram.featurevis.succeed(
      ["benchmark", "four.onnx", "--steps", "2", "--visualization"], in: folder)
    _ = try CommandLineProgram.featurevis.succeed(["convert", "four.onnx", "out.onnx"], in: folder)
    #expect(
      String(decoding: try folder.bytes("out.json"), as: UTF8.self).contains(#""channelOrder":4"#))
  }

  /// Files that people have: a picture of two axes, a table, a signal and four channels.
  @Test(
    arguments: [
      ("mnist-28x28-no-channel.keras", ["--channel-order", "gray"], [28, 28]),
      ("tabular.onnx", [], nil), ("one-dimensional.onnx", [], nil),
      (
        "four-channels.onnx", ["--layer", "c1", "--channel-order", "a,b,c,d", "--show", "d,b,a"],
        [32, 32]
      ),
    ] as [(String, [String], [Int]?)])
  func publishedFiles(name: String, arguments: [String], expected: [Int]?) throws {
    guard let file = DataFolder.item("cases/\(name)") else { return }
    // Its score is the mean activation.
    let draw = [
      "visualize", file.path, "--preset", "lucid", "--range", "0,1", "--units", "0",
      "--steps", "20",
    ]
    _ = try CommandLineProgram.featurevis.succeed(
      draw + ["--output", "p.png"] + arguments, in: folder)
    #expect(try size("p.png") == expected ?? [try size("p.png")[0], 640])
    let output = try CommandLineProgram.featurevis.succeed(
      draw + ["--output", "x.npy"] + arguments, in: folder
    ).output
    let layer = arguments.contains("c1") ? "c1" : "-1"
    _ = try CommandLineProgram.featurevis.succeed(
      ["run", file.path, "--input", "x.npy", "--layer", layer, "--output", "y.npy"], in: folder)
    let values = try NumPyFile(folder.file("y.npy")).read()
    let units = values.shape[values.rank - 1]
    let rows = values.count / units
    let mean = (0..<rows).reduce(0) { $0 + values.elements[$1 * units] } / Float(rows)
    let printed = try #require(Float(output.split(separator: " ").last?.dropLast() ?? ""))
    #expect(abs(printed - mean) < 1e-3 * max(1, abs(mean)))
  }
}
