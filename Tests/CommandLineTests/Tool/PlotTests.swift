import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles
import Testing

/// Protects plots, pictures of weights and sheets that compare: what they show is what was computed.
@Suite("featurevis plots, weights and comparisons") struct PlotTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", to: folder)
  }

  private func run(_ arguments: String...) throws -> CommandLineProgram.Outcome {
    try CommandLineProgram.featurevis.succeed(arguments, in: folder)
  }

  private func picture(_ name: String) throws -> Tensor {
    try PictureFile(folder.file(name)).read()
  }

  /// Protects the curves: those of the library's history, a panel for the objective and one for each loss that is not the same.
  @Test func curves() throws {
    _ = try run(
      "visualize", "small.onnx", "--layer", "fc", "--units", "1,3", "--steps", "6",
      "--preset", "lucid", "--prior", "0.1 * total-variation", "--plot", "c.svg", "--output", "p")
    let svg = String(decoding: try folder.bytes("c.svg"), as: UTF8.self)
    // Two panels of two curves each.
    #expect(svg.ranges(of: "<polyline").count == 4)
    #expect(svg.contains(">objective</text>") && svg.contains(">step</text>"))
    #expect(svg.contains("TotalVariation"))
    #expect(svg.contains(">1</text>") && svg.contains(">3</text>"))
    let drawn = try SmallNetwork.load("small", from: folder)
      .visualizeActivation(of: "fc", units: [1], preset: .lucid, iterations: 6)
    _ = try run(
      "visualize", "small.onnx", "--layer", "fc", "--units", "1", "--steps", "6", "--preset",
      "lucid", "--prior", "", "--plot", "c.svg", "--output", "p")
    let chart = LineChart(
      [.init("objective", [.init("1", drawn.history.map { Double($0.objectives[0]) })])],
      horizontal: "step")
    #expect(String(decoding: try folder.bytes("c.svg"), as: UTF8.self) == chart.svg)
    _ = try run(
      "visualize", "small.onnx", "--layer", "fc", "--units", "1", "--steps", "6", "--preset",
      "lucid", "--prior", "", "--plot", "c.png", "--output", "p")
    #expect(try picture("c.png").shape == chart.picture.shape)
  }

  /// Protects signals as lines, and pictures from an ending that cannot hold them.
  @Test func signals() throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [NetworkInput("x", shape: [nil, 2, 40], channelAxis: 1)],
      layers: [
        Layer("c", Convolution(weights: .sample([3, 5, 2])), inputs: ["x"]),
        Layer("flat", Flatten(), inputs: ["c"]),
        Layer("y", Dense(weights: .sample([2, 108])), inputs: ["flat"]),
      ], outputs: ["y"])
    try ONNXFile.write(network, to: folder.file("signal.onnx"))
    _ = try run(
      "visualize", "signal.onnx", "--units", "1", "--steps", "3", "--range", "0,1", "--output",
      "s.svg")
    let svg = String(decoding: try folder.bytes("s.svg"), as: UTF8.self)
    #expect(svg.ranges(of: "<polyline").count == 2)
    _ = try run("weights", "signal.onnx", "--output", "w.png")
    // Three units in two columns, of 2 × 5 weights, 12 pixels each, with a caption.
    #expect(try picture("w.png").shape == [1, 2 * (24 + 17) + 6, 2 * 60 + 6, 3])
    let refused = try CommandLineProgram.featurevis.run(
      ["visualize", "small.onnx", "--layer", "fc", "--units", "1", "--output", "p.svg"], in: folder)
    #expect(refused.status == 1 && refused.errors.contains("curves of a signal"))
  }

  /// Protects the weights: those of the first layer in colours, of others in grey, some units alone.
  @Test func weights() throws {
    let network = try SmallNetwork.load("small", from: folder)
    let first = try #require(try network.layer("conv1").operation as? Convolution)
    let outcome = try run("weights", "small.onnx", "--output", "w.png")
    #expect(outcome.output == "w.png  conv1, 6 units\n")
    try PictureFile(folder.file("own.png")).write(
      FilterSheet(first.weights, colors: [0, 1, 2]).picture)
    #expect(try folder.bytes("w.png") == folder.bytes("own.png"))
    let second = try #require(try network.layer("block/conv2").operation as? Convolution)
    _ = try run(
      "weights", "small.onnx", "--layer", "block/conv2", "--units", "0,1,2,3,4,5,6,7", "--output",
      "w.png")
    try PictureFile(folder.file("own.png")).write(FilterSheet(second.weights).picture)
    #expect(try folder.bytes("w.png") == folder.bytes("own.png"))
  }

  /// Protects a dense layer's weights: laid out as the pictures that the network takes.
  @Test func denseWeights() throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [NetworkInput("x", shape: [nil, 3, 4, 5], channelAxis: 1)],
      layers: [
        Layer("flat", Flatten(), inputs: ["x"]),
        Layer("y", Dense(weights: .sample([2, 60])), inputs: ["flat"]),
      ], outputs: ["y"])
    try ONNXFile.write(network, to: folder.file("dense.onnx"))
    let outcome = try run("weights", "dense.onnx", "--output", "w.png")
    #expect(outcome.errors.contains("red, green, blue"))
    let weights = Tensor.sample([2, 60])
    var laidOut = Tensor(shape: [2, 4, 5, 3])
    for unit in 0..<2 {
      for row in 0..<4 {
        for column in 0..<5 {
          for channel in 0..<3 {
            laidOut[unit, row, column, channel] = weights[unit, channel * 20 + row * 5 + column]
          }
        }
      }
    }
    try PictureFile(folder.file("own.png")).write(FilterSheet(laidOut, colors: [0, 1, 2]).picture)
    #expect(try folder.bytes("w.png") == folder.bytes("own.png"))
  }

  /// Protects sheets that compare: a row for each recipe, a column for each unit, each as it is by itself.
  @Test func recipesBesideUnits() throws {
    _ = try run(
      "visualize", "small.onnx", "--layer", "fc", "--units", "1,3,4", "--steps", "2", "--compare",
      "keras-vis", "yosinski-1", "--sheet", "s.png", "--output", "p")
    #expect(try picture("s.png").shape == [1, 3 * 49 + 2 * 4, 3 * 32 + 2 * 4, 3])
    _ = try run(
      "visualize", "small.onnx", "--layer", "fc", "--units", "3", "--steps", "2", "--preset",
      "keras-vis", "--output", "alone.png")
    #expect(try folder.bytes("alone.png") == folder.bytes("p/keras-vis-fc-3.png"))
    let cell = try picture("s.png").cropped(to: MapRegion(rows: 53..<85, columns: 36..<68))
    #expect(try cell == picture("alone.png"))
  }

  /// Protects before and after: beside each picture the one that it was made of.
  @Test func before() throws {
    try PictureFile(folder.file("start.png")).write(.samplePicture(height: 32, width: 32))
    _ = try run(
      "visualize", "small.onnx", "--layer", "fc", "--units", "1", "--steps", "2", "--preset",
      "keras-vis", "--start", "start.png", "--sheet", "s.png", "--before", "--output", "p.png")
    let sheet = try picture("s.png")
    #expect(sheet.shape == [1, 49, 68, 3])
    let before = sheet.cropped(to: MapRegion(rows: 0..<32, columns: 0..<32))
    let start = try picture("start.png")
    #expect(zip(before.elements, start.elements).allSatisfy { abs($0 - $1) <= 1.5 / 255 })
    #expect(
      try sheet.cropped(to: MapRegion(rows: 0..<32, columns: 36..<68)) == picture("p.png"))
  }

  /// Protects what cannot be done: told before the work, and nothing is written.
  @Test(
    arguments: [
      ("visualize small.onnx --layer fc --units 1 --plot c.gif", 1, ".svg, .png or .jpg"),
      ("visualize small.onnx --layer fc --units 1 --plot p.png --output p.png", 1, "overwrite"),
      ("visualize small.onnx --layer fc --units 1 --before", 64, "--sheet"),
      ("visualize small.onnx --layer fc --units 1 --compare none", 64, "'none' is not one of"),
      ("visualize small.onnx --units ant --with small.onnx --compare maco", 64, "--compare"),
      ("weights small.onnx --layer relu1 --output w.png", 1, "convolutions and dense layers"),
      ("weights small.onnx --layer fc --output w.png", 1, "--size"),
      ("weights small.onnx --units 6 --output w.png", 1, "6"),
      ("weights small.onnx --output w.svg", 1, ".png or .jpg"),
      ("weights small.onnx --output small.onnx", 1, ".png or .jpg"),
    ]) func refused(command: String, status: Int32, words: String) throws
  {
    let before = try Set(folder.contents.keys)
    let outcome = try CommandLineProgram.featurevis.run(
      command.split(separator: " ").map(String.init), in: folder)
    #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome.errors)")
    #expect(try Set(folder.contents.keys) == before)
  }
}
