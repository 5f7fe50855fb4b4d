import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

@Suite("ONNX: products of values")
struct ProductImportTests {
  /// Protects Gemm with a second matrix that the network computes: factors, transpositions and summand, of
  /// the file or of the network.
  @Test(arguments: [[], ["c"], ["x"]] as [[String]])
  func generalProductOfValues(summand: [String]) throws {
    let model = ModelBuilder.single(
      "Gemm", shape: [2, 2], others: ["x"] + summand,
      ["alpha": 2.0, "beta": 3.0, "transB": 1]
    ) { $0.floats("c", [2], [1, -1]) }
    // x · xᵀ is [[5, 11], [11, 25]].
    let expected: [Float] =
      switch summand {
      case ["c"]: [13, 19, 25, 47]
      case ["x"]: [13, 28, 31, 62]
      default: [10, 22, 22, 50]
      }
    #expect(try output(of: model, shape: [2, 2], [1, 2, 3, 4]) == expected)
  }

  /// Protects products whose left factor is known, or whose right one is more than a matrix.
  @Test func productsWithConstants() throws {
    var model = ModelBuilder()
    model.input("x", [2, 2])
    model.floats("left", [1, 2], [1, 10])
    model.floats("right", [2, 2, 1], [1, 1, 1, -1])
    model.node("MatMul", ["left", "x"], ["h"], name: "first")
    model.node("MatMul", ["h", "right"], ["y"], name: "second")
    model.output("y")
    // [1, 10] · x is [31, 42].
    #expect(try output(of: model, shape: [2, 2], [1, 2, 3, 4]) == [73, -11])
    #expect(try model.load().shape(for: [2, 2]) == [2, 1, 1])
  }

  /// Protects weights that several nodes read, or that are an output too: no node takes them away from the others.
  @Test func weightsThatOthersRead() throws {
    var model = ModelBuilder()
    model.input("x", [2, 2])
    model.floats("w", [2, 2], [1, 2, 3, 4])
    model.node("Gemm", ["x", "w"], ["h"], name: "first", ["transB": 1])
    var shared = model
    shared.node("Gemm", ["h", "w"], ["y"], name: "second")
    shared.output("y")
    // [[1, 0], [0, 1]] · wᵀ is [[1, 3], [2, 4]].
    #expect(try output(of: shared, shape: [2, 2], [1, 0, 0, 1]) == [10, 14, 14, 20])
    for name in ["h", "w"] { model.output(name) }
    #expect(try model.load().network.outputs == ["h", "w"])
  }

  /// Protects memory: weights that one node alone reads are the layer's own.
  @Test func weightsAreTakenFromTheGraph() throws {
    let node = ONNXNode(
      .with {
        $0.opType = "Gemm"
        $0.input = ["x", "w", "shared"]
      }, operatorSet: 13)
    var graph = GraphImport(
      valueNames: [], outputNames: [], readCounts: ["x": 1, "w": 1, "shared": 2],
      decoder: TensorDecoder(),
      budget: ReadingBudget(ReadingLimits(), fileSize: 0))
    let weights = Tensor(shape: [2], repeating: 3)
    for name in ["w", "shared"] { try graph.define(name, .constant(weights)) }
    for position in [1, 2] { #expect(try graph.takeTensor(node, position) == weights) }
    #expect(throws: ONNXError.Problem.self) { try graph.value("w") }
    #expect(try graph.value("shared").tensor == weights)
  }

  /// Protects the plain case: weights on the right are a dense layer, whose bias can be fused.
  @Test func weightsMakeADenseLayer() throws {
    let model = ModelBuilder.single("MatMul", shape: [2, 3, 4], others: ["w"]) {
      $0.floats("w", [4, 2], (0..<8).map { Float($0) })
    }
    #expect(try model.load().operation(as: Dense.self).weights.shape == [2, 4])
  }

  /// Protects against factors that do not fit.
  @Test func mismatch() throws {
    var model = ModelBuilder()
    model.input("x", [2, 3])
    model.node("MatMul", ["x", "x"], ["y"], name: "node")
    model.output("y")
    let network = try model.load().network
    #expect(throws: VisualizationError.self) { try network.inferShapes(["x": [2, 3]]) }
  }

  private func output(of model: ModelBuilder, shape: [Int], _ elements: [Float]) throws -> [Float] {
    let network = try model.load().network
    let program = try Program(
      network, inputShapes: ["x": shape],
      taps: [.name(network.layers[network.layers.count - 1].name)])
    let workspace = try Workspace(program)
    workspace.setInput("x", to: Tensor(shape: shape, elements: elements))
    workspace.forward()
    return workspace.tap(0).elements
  }
}
