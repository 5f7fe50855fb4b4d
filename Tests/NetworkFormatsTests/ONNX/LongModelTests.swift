import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Foundation
import Testing

@testable import NetworkFormats

/// Protects the time that files take: it grows with their size, on a small stack, however deep and long they are.
@Suite("ONNX: long models", .serialized) struct LongModelTests {
  /// Protects chains and nests of 50,000 nodes, which take seconds.
  @Test(arguments: ["Relu", "Identity", "Mul", "Div", "Add", "Conv", "Clip", "Sum", "Concat"])
  func longChains(_ operation: String) throws {
    var model = ModelBuilder()
    model.input("x", [1, 1, 2, 2])
    model.floats("two", [], [2])
    model.floats("w", [1, 1, 1, 1], [1])
    var last = "x"
    let count = 50_000
    switch operation {
    case "Sum", "Concat":
      for number in 0..<count { model.node("Relu", ["x"], ["y\(number)"], name: "same") }
      model.node(operation, (0..<count).map { "y\($0)" }, ["y"], ["axis": 1])
      last = "y"
    default:
      let others = ["Mul": ["two"], "Div": ["two"], "Add": ["two"], "Conv": ["w"]]
      for number in 0..<count {
        model.node(
          operation, [last] + (others[operation] ?? []), ["y\(number)"], name: "same")
        last = "y\(number)"
      }
    }
    model.output(last)
    let network = try model.loadOnSmallStack().get().network
    #expect(network.layers.count >= count)
    let seconds = try SmallStack.run {
      let rows = try network.summary(inputShapes: ["x": [1, 2, 2, 1]])
      #expect(rows.last?.outputShape == (operation == "Concat" ? [1, 2, 2, count] : [1, 2, 2, 1]))
    }
    #expect(seconds < 20, "\(seconds) s")
  }

  /// Protects activations that are written as products, wherever they stand.
  @Test func patternsInLongChainsAreFound() throws {
    var model = ModelBuilder()
    model.input("x", [1, 1, 2, 2])
    model.floats("two", [], [2])
    var last = "x"
    for number in 0..<100 {
      model.node("Mul", [last, "two"], ["m\(number)"])
      last = "m\(number)"
    }
    model.node("Sigmoid", [last], ["gate"])
    model.node("Mul", [last, "gate"], ["y"])
    model.output("y")
    let network = try model.loadOnSmallStack().get().network
    #expect((network.layers.last?.operation as? Activation)?.function == .silu)
  }

  /// Protects against shape arithmetic that doubles at each node, and against chains of it.
  @Test(arguments: [1, 2])
  func shapeArithmeticWithoutEnd(references: Int) throws {
    var model = ModelBuilder()
    model.input("x", [1, 3, 8, 8])
    model.node("Shape", ["x"], ["s0"])
    let count = references == 1 ? 50_000 : 2_000
    for number in 0..<count {
      model.node(
        "Max", Array(repeating: "s\(number)", count: references + 1), ["s\(number + 1)"])
    }
    model.node("Reshape", ["x", "s\(count)"], ["y"])
    model.output("y")
    let network = try model.loadOnSmallStack().get().network
    let seconds = try SmallStack.run {
      let shapes = try network.inferShapes(["x": [2, 3, 16, 16]]).shapes
      #expect(shapes["y"] == [2, 3, 16, 16])
    }
    #expect(seconds < 20, "\(seconds) s")
  }

  /// Protects against arithmetic on shapes that makes many numbers once sizes are known.
  @Test func shapeArithmeticThatMakesMuch() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3, nil, nil])
    model.node("Shape", ["x"], ["s"])
    for number in 0..<200 {
      model.node("ConstantOfShape", ["s"], ["filled\(number)"])
      model.node("Add", [number == 0 ? "x" : "y\(number - 1)", "filled\(number)"], ["y\(number)"])
    }
    model.output("y199")
    let network = try model.loadOnSmallStack().get().network
    let seconds = try SmallStack.run {
      #expect(throws: VisualizationError.self) {
        try network.inferShapes(["x": [1, 3, 1024, 1024]])
      }
      let shapes = try network.inferShapes(["x": [1, 3, 8, 8]]).shapes
      #expect(shapes["y199"] == [1, 3, 8, 8])
    }
    #expect(seconds < 20, "\(seconds) s")
  }

  /// Protects the file's own count of its nodes, and files of 300,000 tensors.
  @Test func numbersOfNodesAndTensors() throws {
    let folder = try TemporaryFolder()
    var model = ModelBuilder()
    model.input("x", [1, 1])
    var tensor = ONNXTensorProto(floats: [1], shape: [1, 1])
    var tensors: [ONNXTensorProto] = []
    for number in 0..<300_000 {
      tensor.name = "w\(number)"
      tensors.append(tensor)
    }
    model.model.graph.initializer = tensors
    model.node("Add", ["x", "w0"], ["y"])
    model.output("y")
    let url = try folder.write(try model.model.serializedData(), to: "many.onnx")
    let seconds = try SmallStack.run { _ = try ONNXFile.load(url) }
    #expect(seconds < 20, "\(seconds) s")
    let error = #expect(throws: ONNXError.self) {
      try ONNXFile.load(url, limits: ReadingLimits(nodes: 300_000))
    }
    #expect(error?.problem == .tooManyNodes(300_001, limit: 300_000))
  }
}
