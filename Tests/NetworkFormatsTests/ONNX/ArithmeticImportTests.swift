import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

@Suite("ONNX: arithmetic and reductions become layers or known numbers")
struct ArithmeticImportTests {
  /// Protects sums of more than two values, and that a constant operand becomes a layer.
  @Test func sumOfThree() throws {
    let model = ModelBuilder.single("Sum", others: ["x", "c"]) { $0.floats("c", [1], [2]) }
    let network = try model.load().network
    #expect(network.layers.map(\.name) == ["node/partial sum", "c", "node"])
    #expect(try network.layer("c").operation.kind == "Constant")
  }

  /// Protects the order of the operands of a mean, and that the division bears the node's name.
  @Test func meanOfThree() throws {
    let model = ModelBuilder.single("Mean", others: ["x", "x"])
    let loaded = try model.load()
    #expect(
      loaded.network.layers.map(\.name)
        == ["node/partial sum", "node/partial sum/2", "node/count", "node"])
    #expect(try loaded.operation(as: Arithmetic.self).operator == .divide)
    #expect(try loaded.operation("node/count", as: Constant.self).value.elements == [3])
  }

  /// Protects maxima of values none of which is one number, which no clip can be.
  @Test func maximumOfThree() throws {
    let network = try ModelBuilder.single("Max", others: ["x", "x"]).load().network
    #expect(network.layers.map { ($0.operation as? Arithmetic)?.operator } == [.maximum, .maximum])
  }

  /// Protects the exponents that become something cheaper, and those that cannot.
  @Test(
    arguments: [
      (2.0, "Multiply"), (1, "Identity"), (0.5, "Sqrt"), (-1, "Reciprocal"), (3, "Power"),
    ] as [(Float, String)])
  func power(exponent: Float, kind: String) throws {
    let model = ModelBuilder.single("Pow", others: ["e"]) { $0.floats("e", [], [exponent]) }
    #expect(try model.load().network.layer("node").operation.kind == kind)
    let array = ModelBuilder.single("Pow", others: ["e"]) {
      $0.floats("e", [2, 1], [exponent, exponent])
    }
    #expect(try array.load().operation(as: Arithmetic.self).operator == .power)
  }

  /// Protects the scale of attention, a root of numbers known from shapes; powers of integers are integers.
  @Test func functionsOfKnownNumbers() throws {
    var model = ModelBuilder()
    model.integers("sixteen", [16])
    model.integers("three", [3])
    model.node("Cast", ["sixteen"], ["float"], ["to": 1])
    model.node("Sqrt", ["float"], ["root"])
    model.node("Reciprocal", ["root"], ["y"])
    model.node("Pow", ["three", "root"], ["z"])
    model.output("y")
    model.output("z")
    let loaded = try model.load()
    #expect(try loaded.constantOutput() == Tensor(shape: [1], elements: [0.25]))
    #expect(try loaded.constantOutput("z") == Tensor(shape: [1], elements: [81]))
  }

  /// Protects where the axes of a reduction are written, which changed with the operator set, and what none mean.
  @Test(arguments: ["ReduceSum", "ReduceMax"])
  func reduction(operatorName: String) throws {
    let attribute = ModelBuilder.single(
      operatorName, operatorSet: 12, ["axes": [2, 3], "keepdims": 0])
    let old: Reduction = try attribute.load().operation()
    #expect(old.axes == [2, 3] && !old.keepsAxes)
    let input = ModelBuilder.single(operatorName, operatorSet: 18, others: ["axes"]) {
      $0.integers("axes", [-1])
    }
    let new: Reduction = try input.load().operation()
    #expect(new.axes == [-1] && new.keepsAxes)
    let all: Reduction = try ModelBuilder.single(operatorName, operatorSet: 18).load().operation()
    #expect(all.axes == nil)
    let none: Reduction = try ModelBuilder.single(
      operatorName, operatorSet: 18, ["noop_with_empty_axes": 1]
    ).load().operation()
    #expect(none.axes == [])
  }

  /// Protects reductions of known numbers, which are known too.
  @Test func reductionOfKnownNumbers() throws {
    var model = ModelBuilder()
    model.integers("extents", [2, 3, 4])
    model.node("ReduceSum", ["extents"], ["y"], ["keepdims": 0])
    model.output("y")
    #expect(try model.load().constantOutput() == Tensor(shape: [], elements: [9]))
  }
}
