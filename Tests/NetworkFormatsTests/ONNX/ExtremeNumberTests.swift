import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

/// Numbers at the edges of what a file can say, from import to the run: each stopped the process once.
@Suite("ONNX: extreme numbers")
struct ExtremeNumberTests {
  private func output(of model: ModelBuilder, for x: Tensor) throws -> Tensor {
    let network = try model.load().network
    let program = try Program(network, inputShapes: ["x": x.shape], taps: ["node"])
    let workspace = try Workspace(program)
    workspace.setInput("x", to: x)
    workspace.forward()
    return workspace.tap(0)
  }

  /// Protects steps that are never taken, and so may be of any size.
  @Test func endlessStep() throws {
    let model = ModelBuilder.single("Slice", shape: [1, 4], others: ["s", "e", "a", "t"]) {
      $0.integers("s", [1])
      $0.integers("e", [.max])
      $0.integers("a", [1])
      $0.integers("t", [.max])
    }
    let x = Tensor(shape: [2, 4], elements: [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(try output(of: model, for: x) == Tensor(shape: [2, 1], elements: [2, 6]))
  }

  /// Protects amounts of padding without an absolute value.
  @Test func smallestPadding() throws {
    let model = ModelBuilder.single("Pad", shape: [1, 4], others: ["amounts"]) {
      $0.integers("amounts", [0, .min, 0, 0])
    }
    let loaded = try model.load()
    #expect(throws: VisualizationError.self) { try loaded.shape(for: [1, 4]) }
  }

  /// Protects repetitions, shapes and axes that no memory holds and no value has.
  @Test(arguments: ["Tile", "Expand", "ReduceSum"], [.max, 1 << 40, .min, -1] as [Int64])
  func impossibleNumbers(operatorName: String, number: Int64) throws {
    // The last axis exists, so that this one number is allowed.
    let isAxis = operatorName == "ReduceSum" && number == -1
    let model = ModelBuilder.single(operatorName, shape: [1, 1], others: ["n"]) {
      $0.integers("n", [number, number])
    }
    let loaded = try model.load()
    if isAxis {
      #expect(try loaded.shape(for: [1, 1]) == [1, 1])
    } else {
      #expect(throws: VisualizationError.self) { try loaded.shape(for: [1, 1]) }
    }
    // The same of a number known from the file, which is computed at once.
    let known = ModelBuilder.single("Add", shape: [1, 1], others: ["z"]) {
      $0.integers("n", [number, number])
      $0.floats("k", [1, 1], [1])
      $0.node(operatorName, ["k", "n"], ["z"])
    }
    if isAxis {
      #expect(try known.load().shape(for: [1, 1]) == [1, 1])
    } else {
      #expect(throws: ONNXError.self) { try known.load() }
    }
  }

  /// Protects blocks whose number of cells is no integer.
  @Test(arguments: ["DepthToSpace", "SpaceToDepth"])
  func hugeBlocks(operatorName: String) throws {
    let loaded = try ModelBuilder.single(operatorName, ["blocksize": .int(.max)]).load()
    #expect(throws: VisualizationError.self) { try loaded.shape(for: [1, 3, 8, 8]) }
  }

  /// Protects declared inputs that no memory holds: they are examples only.
  @Test(arguments: [
    ("Resize", ["", "s"]), ("Flatten", []), ("Relu", []), ("MatMul", ["x"]),
    ("LayerNormalization", []), ("LpNormalization", []),
  ])
  func hugeInput(operatorName: String, others: [String]) throws {
    let model = ModelBuilder.single(
      operatorName, shape: [1 << 32, 1 << 32, 1 << 32, 1 << 32], others: others
    ) { $0.floats("s", [4], [1, 1, 2, 2]) }
    #expect(try model.load().network.layers.last?.name == "node")
    #expect(throws: VisualizationError.self) {
      try model.load().shape(for: [1, 1, 1 << 30, 1 << 30])
    }
  }

  /// Protects enlargements that no memory holds.
  @Test func hugeEnlargement() throws {
    let loaded = try ModelBuilder.single(
      "ConvTranspose", shape: [1 << 32, 1, 1 << 32, 1 << 32], others: ["w"],
      ["strides": [1 << 24, 1 << 24]]
    ) { $0.floats("w", [1, 1, 1, 1], [1]) }.load()
    #expect(throws: VisualizationError.self) { try loaded.shape(for: [1, 1, 1 << 20, 1 << 20]) }
  }

  /// Protects positions and axes beyond a value.
  @Test(arguments: [.max, 1 << 40, .min, -4] as [Int64])
  func impossiblePositions(number: Int64) throws {
    let gather = try ModelBuilder.single("Gather", shape: [3, 2], others: ["n"]) {
      $0.integers("n", [number, 0])
    }.load()
    #expect(throws: VisualizationError.self) { try gather.shape(for: [3, 2]) }
    for operatorName in ["LayerNormalization", "LpNormalization"] {
      let model = ModelBuilder.single(operatorName, shape: [3, 2], ["axis": .int(number)])
      #expect(throws: (any Error).self) { try model.load().shape(for: [3, 2]) }
    }
  }

  /// Protects activations of a scalar, which has no last axis.
  @Test func scalarSlopes() throws {
    var model = ModelBuilder()
    model.floats("x", [], [-2])
    model.floats("slope", [], [0.5])
    model.node("PRelu", ["x", "slope"], ["y"], name: "node")
    model.output("y")
    #expect(try model.load().constantOutput() == Tensor(shape: [], elements: [-1]))
  }
}
