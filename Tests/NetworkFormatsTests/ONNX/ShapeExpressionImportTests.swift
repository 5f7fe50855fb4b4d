import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

@Suite("ONNX: shape arithmetic")
struct ShapeExpressionImportTests {
  /// Protects PyTorch's `x.view(x.size(0), -1)` for any size of the input.
  @Test func viewOfBatch() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3, 8, 8])
    model.integers("zero", [0], shape: [])
    model.integers("axis", [0])
    model.integers("rest", [-1])
    model.node("Shape", ["x"], ["shape"])
    model.node("Gather", ["shape", "zero"], ["batch"], ["axis": 0])
    model.node("Unsqueeze", ["batch", "axis"], ["row"])
    model.node("Concat", ["row", "rest"], ["target"], ["axis": 0])
    model.node("Reshape", ["x", "target"], ["y"], name: "view")
    model.output("y")
    let loaded = try model.load()
    #expect(loaded.network.layers.map(\.name) == ["view"])
    #expect(try loaded.shape(for: [2, 3, 8, 8]) == [2, 192])
    #expect(try loaded.shape(for: [5, 3, 4, 2]) == [5, 24])
  }

  /// Protects integer against float division, casts, and sizes computed from the input's.
  @Test func resizeToComputedSize() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3, nil, nil])
    model.node("Shape", ["x"], ["extents"], ["start": 2])
    model.integers("two", [2], shape: [])
    model.node("Div", ["extents", "two"], ["half"])
    model.node("Cast", ["half"], ["float"], ["to": 1])
    model.floats("factor", [1], [1.5])
    model.node("Mul", ["float", "factor"], ["scaled"])
    model.node("Floor", ["scaled"], ["floored"])
    model.node("Cast", ["floored"], ["spatial"], ["to": 7])
    model.node("Shape", ["x"], ["front"], ["end": 2])
    model.node("Concat", ["front", "spatial"], ["sizes"], ["axis": 0])
    model.node("Resize", ["x", "", "", "sizes"], ["y"], name: "node")
    model.output("y")
    let resize: Resize = try model.load().operation()
    guard case .sizes(let sizes, .stretch) = resize.extent else {
      Issue.record("not resized to sizes")
      return
    }
    let evaluator = ShapeExpression.Evaluator { _ throws(ShapeError) in [1, 3, 7, 10] }
    #expect(try evaluator.integers(sizes) == [1, 3, 4, 7])
  }

  /// Protects the remaining operators on numbers, folded where they are known.
  @Test func foldedOperators() throws {
    var model = ModelBuilder()
    model.integers("shape", [2, 3])
    model.node("ConstantOfShape", ["shape"], ["zeros"])
    model.node("Size", ["zeros"], ["six"])
    model.node("ReduceProd", ["shape"], ["product"])
    model.integers("one", [1], shape: [])
    model.node("Range", ["one", "six", "one"], ["range"])
    model.node("Neg", ["range"], ["negative"])
    model.node("Max", ["negative", "product"], ["maximum"])
    model.node("Min", ["negative", "product"], ["minimum"])
    model.integers("columns", [5, 1])
    model.node("Reshape", ["minimum", "columns"], ["column"])
    model.node("Squeeze", ["column"], ["row"])
    model.node("Expand", ["one", "shape"], ["ones"])
    for name in ["zeros", "product", "maximum", "row", "ones"] { model.output(name) }
    let loaded = try model.load()
    #expect(try loaded.constantOutput("zeros") == Tensor(shape: [2, 3]))
    #expect(try loaded.constantOutput("product") == Tensor(shape: [1], elements: [6]))
    #expect(try loaded.constantOutput("maximum") == Tensor(shape: [5], repeating: 6))
    let row = Tensor(shape: [5], elements: [-1, -2, -3, -4, -5])
    #expect(try loaded.constantOutput("row") == row)
    #expect(try loaded.constantOutput("ones") == Tensor(shape: [2, 3], repeating: 1))
  }

  /// Protects the arrangement of weights that exporters leave to the graph.
  @Test func foldedWeights() throws {
    var model = ModelBuilder()
    model.input("x", [1, 2])
    model.floats("w", [1, 3, 2], [1, 2, 3, 4, 5, 6])
    model.integers("axis", [0])
    model.floats("scale", [], [2])
    model.node("Squeeze", ["w", "axis"], ["matrix"])
    model.node("Transpose", ["matrix"], ["transposed"])
    model.node("Mul", ["transposed", "scale"], ["scaled"])
    model.node("Identity", ["scaled"], ["weights"])
    model.node("MatMul", ["x", "weights"], ["y"], name: "node")
    model.output("y")
    let dense: Dense = try model.load().operation()
    #expect(dense.weights == Tensor(shape: [3, 2], elements: [2, 4, 6, 8, 10, 12]))
  }

  /// Protects every form of Constant node that stands for numbers.
  @Test func constantNodes() throws {
    let tensor = AttributeValue.tensor(ONNXTensorProto(floats: [1, 2], shape: [2]))
    let cases: [([String: AttributeValue], Tensor)] = [
      (["value": tensor], Tensor(shape: [2], elements: [1, 2])),
      (["value_float": 1.5], Tensor(shape: [], elements: [1.5])),
      (["value_floats": .floats([1, 2])], Tensor(shape: [2], elements: [1, 2])),
      (["value_int": 3], Tensor(shape: [], elements: [3])),
      (["value_ints": [3, 4]], Tensor(shape: [2], elements: [3, 4])),
    ]
    for (attributes, value) in cases {
      var model = ModelBuilder()
      model.node("Constant", [], ["y"], attributes)
      model.output("y")
      #expect(try model.load().constantOutput() == value)
    }
  }

  /// Protects inputs that hold weights or shapes: those with an initializer are constants already, and the
  /// caller may bind others.
  @Test func boundInputs() throws {
    var model = ModelBuilder()
    model.input("x", [1, 4])
    model.input("w", [4, 2])
    model.input("target", [2], type: .int64)
    model.floats("w", [4, 2], [Float](repeating: 1, count: 8))
    model.node("MatMul", ["x", "w"], ["a"])
    model.node("Reshape", ["a", "target"], ["y"])
    model.output("y")
    let target = Tensor(shape: [2], elements: [2, -1])
    let loaded = try model.load(constants: ["target": target])
    #expect(loaded.network.inputs.map(\.name) == ["x"])
    #expect(try loaded.shape(for: [3, 4]) == [2, 3])
    // Without it the product can be had, and not what comes of it.
    let open = try model.load()
    #expect(open.network.inputs.map(\.name) == ["x", "target"])
    #expect(open.warnings.count == 1)
    #expect(throws: (any Error).self) { try open.shape(for: [3, 4]) }
    #expect(throws: ONNXError.self) { try model.load(constants: ["z": target]) }
  }

  /// Protects the batch axis in a Reshape that a file writes with its own number of pictures.
  @Test func reshapeLeavesTheBatchFree() throws {
    let model = ModelBuilder.single("Reshape", shape: [1, 3, 8, 8], others: ["target"]) {
      $0.integers("target", [1, 192])
    }
    #expect(try model.load().shape(for: [4, 3, 8, 8]) == [4, 192])
  }

  /// Protects against files whose expressions would take forever to evaluate.
  @Test func exponentialExpression() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.node("Shape", ["x"], ["s0"])
    for step in 0..<60 {
      model.node("Add", ["s\(step)", "s\(step)"], ["s\(step + 1)"])
    }
    model.node("Reshape", ["x", "s60"], ["y"])
    model.output("y")
    let network = try model.load().network
    // 2⁶⁰ pictures, found out at once.
    #expect(throws: VisualizationError.self) { try network.inferShapes(["x": [1, 3]]) }
  }

  /// Protects the warning about an output that no layer computes.
  @Test func shapeAsOutput() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.node("Relu", ["x"], ["y"])
    model.node("Shape", ["y"], ["shape"])
    model.output("y")
    model.output("shape")
    let loaded = try model.load()
    #expect(loaded.network.outputs == ["y"])
    #expect(loaded.warnings.count == 1)
  }
}
