import FeatureVisualization
import Foundation
import NetworkFormats
import Testing

@Suite("featurevis run") struct RunTests {
  private let folder: TemporaryFolder
  private let network: NeuralNetwork
  private let input = Tensor.sample([2, 32, 32, 3])

  init() throws {
    folder = try TemporaryFolder()
    try SmallNetwork().write("small", sidecar: nil, to: folder)
    network = try SmallNetwork.load("small", from: folder)
    try NumPyFile(folder.file("x.npy")).write(input)
  }

  private func run(layer: String, _ arguments: String...) throws {
    let files = ["--input", "x.npy", "--output", "y.npy", "--layer", layer]
    let outcome = try CommandLineProgram.featurevis.succeed(
      ["run", "small.onnx"] + files + arguments, in: folder)
    #expect(outcome.output.isEmpty && outcome.errors.isEmpty)
  }

  private func read(_ name: String) throws -> Tensor { try NumPyFile(folder.file(name)).read() }

  /// A layer's output and the gradient of a unit's mean, by the library.
  private func expected(_ layer: LayerID, unit: Int, _ modifier: (any BackpropModifier)? = nil)
    throws -> (output: Tensor, gradient: Tensor)
  {
    let program = try Program(
      network, inputShapes: ["data": input.shape], taps: [layer],
      options: .init(backpropModifier: modifier))
    let workspace = try Workspace(program)
    workspace.setInput("data", to: input)
    workspace.forward()
    workspace.clearTapGradients()
    let tap = program.taps[0]
    let positions = tap.shape.dropFirst().dropLast().reduce(1, *)
    workspace.withTapGradient(0) { gradient in
      for cell in 0..<(tap.shape[0] * positions) {
        gradient[cell * tap.unitCount + unit] = 1 / Float(positions)
      }
    }
    workspace.pullback()
    return (workspace.tap(0), workspace.inputGradient("data"))
  }

  /// Protects output and gradient of a feature map, number by number, for a batch.
  @Test func featureMap() throws {
    try run(layer: "block/conv2", "--unit", "3", "--gradient", "g.npy")
    let expected = try expected("block/conv2", unit: 3)
    #expect(try read("y.npy") == expected.output)
    #expect(try read("g.npy") == expected.gradient)
    #expect(expected.gradient.elements.contains { $0 != 0 })
  }

  /// Protects units by label: the same gradient as by number.
  @Test func unitByLabel() throws {
    try Data(SmallNetwork.sidecar.utf8).write(to: folder.file("small.json"))
    try run(layer: "fc", "--unit", "cow", "--gradient", "g.npy")
    #expect(try read("g.npy") == expected("fc", unit: 2).gradient)
  }

  /// Protects the gradient against a formula that is nobody's: along it the unit grows by its length.
  @Test func gradientAgainstDifferences() throws {
    try run(layer: "fc", "--unit", "2", "--gradient", "g.npy")
    let gradient = try read("g.npy").elements
    let length = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    let direction = gradient.map { $0 / Float(length) }
    let step: Float = 1e-2
    func value(_ sign: Float) throws -> Double {
      let moved = zip(input.elements, direction).map { $0 + sign * step * $1 }
      let program = try Program(network, inputShapes: ["data": input.shape], taps: ["fc"])
      let workspace = try Workspace(program)
      workspace.setInput("data", to: Tensor(shape: input.shape, elements: moved))
      workspace.forward()
      return (0..<2).reduce(0) { $0 + Double(workspace.tap(0)[$1, 2]) }
    }
    let difference = (try value(1) - value(-1)) / (2 * Double(step))
    #expect(abs(length - difference) < 1e-2 * length)
  }

  /// Protects `--backprop`: each rule is its own.
  @Test func backpropModifiers() throws {
    var gradients: [[Float]] = [try expected("fc", unit: 1).gradient.elements]
    for (name, modifier) in [
      ("guided", GuidedBackprop() as any BackpropModifier), ("rectified", RectifiedBackprop()),
    ] {
      try run(layer: "fc", "--unit", "1", "--gradient", "g.npy", "--backprop", name)
      #expect(try read("g.npy") == expected("fc", unit: 1, modifier).gradient)
      gradients.append(try read("g.npy").elements)
    }
    #expect(Set(gradients).count == 3)
  }

  /// Protects `--linear`: a softmax made linear hands on what it is given, both ways.
  @Test func linear() throws {
    try run(layer: "-1", "--unit", "4", "--gradient", "g.npy", "--linear")
    let expected = try expected("fc", unit: 4)
    #expect(try read("y.npy") == expected.output)
    #expect(try read("g.npy") == expected.gradient)
    try run(layer: "prob")
    let sums = try read("y.npy").elements
    #expect(abs(sums.prefix(5).reduce(0, +) - 1) < 1e-5)
  }

  /// Protects whoever compares numbers: those that are not finite are written, and told.
  @Test func notFinite() throws {
    try NumPyFile(folder.file("nan.npy")).write(Tensor(shape: [1, 32, 32, 3], repeating: .nan))
    let outcome = try CommandLineProgram.featurevis.succeed(
      ["run", "small.onnx", "--input", "nan.npy", "--layer", "conv1", "--output", "y.npy"],
      in: folder)
    #expect(outcome.errors.contains("are NaN or infinite"))
  }

  /// Protects outputs in folders that are not there yet.
  @Test func newFolder() throws {
    _ = try CommandLineProgram.featurevis.succeed(
      ["run", "small.onnx", "--input", "x.npy", "--layer", "fc", "--output", "new/deep/y.npy"],
      in: folder)
    #expect(try read("new/deep/y.npy") == expected("fc", unit: 0).output)
  }
}
