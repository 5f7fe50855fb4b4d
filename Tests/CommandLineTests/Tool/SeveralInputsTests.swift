import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles
import Testing

/// Protects networks of several inputs: what the others hold, and which is the picture.
@Suite("featurevis with several inputs") struct SeveralInputsTests {
  private let folder: TemporaryFolder
  private let network: NeuralNetwork
  private let meta = Tensor(shape: [1, 5], elements: [0.1, -0.2, 0.3, 0.4, 2])

  init() throws {
    folder = try TemporaryFolder()
    try ONNXFile.write(SeveralHeads.twoInputs(), to: folder.file("two.onnx"))
    network = try ONNXFile.load(folder.file("two.onnx")).network
      .specifying(try InputSpecification(), for: "picture")
    try NumPyFile(folder.file("meta.npy")).write(meta)
    try StateDictionary(["other": meta.reshaped(to: [5]), "meta": meta])
      .write(to: folder.file("values.safetensors"))
    try PictureFile(folder.file("p.png")).write(.samplePicture(height: 8, width: 8))
  }

  private func draw(_ arguments: String...) throws -> Data {
    let common = [
      "--preset", "lucid", "--units", "1", "--steps", "3", "--range", "0,1", "--output", "tool.png",
    ]
    _ = try CommandLineProgram.featurevis.succeed(
      ["visualize", "two.onnx"] + common + arguments, in: folder)
    return try folder.bytes("tool.png")
  }

  private func expected(_ meta: Tensor) throws -> Data {
    let visualization = try network.visualizeActivation(
      of: "y", units: [1], preset: .lucid.with(\.heldInputs, ["meta": meta]), iterations: 3)
    try PictureFile(folder.file("library.png")).write(visualization.picture(0))
    return try folder.bytes("library.png")
  }

  @Test(arguments: ["meta.npy", "values.safetensors"])
  func `an array of a file`(file: String) throws {
    #expect(try draw("--hold", "meta=\(file)") == expected(meta))
  }

  @Test func `one number for every element`() throws {
    #expect(
      try draw("--hold", "meta=0.5", "--input-name", "picture")
        == expected(Tensor(shape: [1, 5], repeating: 0.5)))
  }

  /// Protects the other commands, which take the same options.
  @Test func `run, predict and benchmark`() throws {
    let input = Tensor.sample([2, 8, 8, 3])
    try NumPyFile(folder.file("x.npy")).write(input)
    _ = try CommandLineProgram.featurevis.succeed(
      [
        "run", "two.onnx", "--input", "x.npy", "--layer", "y", "--output", "y.npy", "--unit", "2",
        "--gradient", "g.npy", "--hold", "meta=meta.npy",
      ], in: folder)
    let program = try Program(
      network, inputShapes: ["picture": input.shape, "meta": [2, 5]], taps: ["y"])
    let workspace = try Workspace(program)
    workspace.setInput("picture", to: input)
    workspace.setInput("meta", to: Tensor(shape: [2, 5], elements: meta.elements + meta.elements))
    workspace.forward()
    #expect(try NumPyFile(folder.file("y.npy")).read() == workspace.tap(0))
    #expect(try NumPyFile(folder.file("g.npy")).read().shape == input.shape)

    let guesses = try CommandLineProgram.featurevis.succeed(
      [
        "predict", "two.onnx", "--image", "p.png", "--range", "0,1", "--hold", "meta=0.5",
        "--top", "1",
      ], in: folder
    ).output
    let values = try network.evaluate(
      try PictureFile(folder.file("p.png")).read(),
      heldInputs: ["meta": Tensor(shape: [1, 5], repeating: 0.5)]
    ).elements
    let best = try #require(values.indices.max { values[$0] < values[$1] })
    #expect(guesses.contains("  \(best)\n") || guesses.hasSuffix("  \(best)"), "\(guesses)")

    let figures = try CommandLineProgram.featurevis.succeed(
      ["benchmark", "two.onnx", "--steps", "2", "--hold", "meta=1"], in: folder
    ).output
    #expect(figures.contains("input [1, 8, 8, 3]"))
  }

  /// Protects whoever says too little, or what cannot be: the inputs and the options are named.
  @Test(arguments: [
    ("", "several inputs, 'meta', 'picture'"), ("", "--input-name picture --hold meta=0"),
    ("--input-name picture", "say what 'meta' holds"),
    ("--hold mata=1", "no input 'mata'; there is 'meta', 'picture'"),
    ("--hold meta=1 --input-name pic", "no input 'pic'"),
    ("--hold meta=1 --hold picture=0", "leaves no input for the picture"),
    ("--hold meta=p.png", "neither a number nor a .npy or .safetensors file"),
    ("--hold meta=none.npy", "none.npy"), ("--hold meta=x3.npy", "[1, 3] is not the input's"),
    ("--hold meta=nan.npy", "NaN or infinite"),
    ("--hold meta=1 --hold meta=2", "twice"), ("--hold meta=nan", "--hold"),
    ("--hold =1", "--hold"), ("--hold meta", "--hold"),
    ("--hold meta=1 --input-name meta", "is the picture's"),
  ])
  func refuses(arguments: String, message: String) throws {
    try NumPyFile(folder.file("x3.npy")).write(.sample([1, 3]))
    try NumPyFile(folder.file("nan.npy")).write(
      Tensor(shape: [1, 5], elements: [0, 0, .nan, 0, 0]))
    let outcome = try CommandLineProgram.featurevis.run(
      ["visualize", "two.onnx", "--units", "0", "--range", "0,1"]
        + arguments.split(separator: " ").map(String.init), in: folder)
    #expect([1, 64].contains(outcome.status))
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
