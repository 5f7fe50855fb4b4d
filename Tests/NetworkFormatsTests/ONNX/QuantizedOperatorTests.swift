import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects each quantized operator by itself, with zero points that are not 0, and what is refused.
@Suite("ONNX: quantized operators")
struct QuantizedOperatorTests {
  /// Within one step of what onnxruntime computes; steps are 1/32.
  @Test(
    arguments: [
      "add", "multiply", "sigmoid", "leaky-relu", "softmax", "average-pool",
      "average-pool-with-padding", "global-average-pool", "concatenation", "convolution",
      "product", "gemm", "integer-convolution", "integer-product",
    ])
  func isWithinAStep(name: String) throws {
    let folder = try #require(Bundle.module.resourceURL)
      .appendingPathComponent("QuantizedFixtures")
    let network = try ONNXFile.load(folder.appendingPathComponent("operator-\(name).onnx")).network
    let input = try NumPyFile(folder.appendingPathComponent("input.npy")).read()
    let expected = try NumPyFile(folder.appendingPathComponent("operator-\(name)-result.npy"))
      .read()
    var result = try Self.run(network, input.transposed([0, 2, 3, 1]))
    // A product of matrices is no map.
    if result.rank == 4, name != "product" { result = result.transposed([0, 3, 1, 2]) }
    #expect(result.shape == expected.shape)
    let differences = zip(result.elements, expected.elements).map { abs($0 - $1) }
    #expect(try #require(differences.max()) <= 1 / 32 + 1e-4)
    // Nearly all are the same: a sum that lies between two integers is rare.
    #expect(differences.count { $0 > 1e-4 } <= differences.count / 50)
  }

  /// Protects integers that only move, and come back as real numbers.
  @Test func whatMovesStaysReal() throws {
    var builder = ModelBuilder()
    builder.input("x", [1, 2, 4, 4])
    builder.floats("s", [], [0.25])
    builder.typed("z", .int8, [], [3])
    builder.node("QuantizeLinear", ["x", "s", "z"], ["q"])
    builder.node("MaxPool", ["q"], ["m"], ["kernel_shape": [2, 2], "strides": [2, 2]])
    builder.node("Transpose", ["m"], ["t"], ["perm": [0, 2, 3, 1]])
    builder.node("DequantizeLinear", ["t", "s", "z"], ["y"])
    builder.output("y")
    let network = try builder.load().network
    #expect(!network.layers.contains { $0.operation is Dequantization })
    let x = Tensor(shape: [1, 4, 4, 2], elements: (0..<32).map { Float($0) * 0.3 - 4 })
    let y = try Self.run(network, x, input: "x")
    #expect(y.elements.sorted() == [-1, -0.75, 0.25, 0.5, 3.75, 4, 5, 5.25])
  }

  /// Protects a dequantization by another grid than the quantization before it had.
  @Test func anotherGridSeesTheIntegers() throws {
    var builder = ModelBuilder()
    builder.input("x", [1, 4])
    builder.floats("s", [], [0.5])
    builder.floats("t", [], [2])
    builder.typed("z", .uint8, [], [10])
    builder.node("QuantizeLinear", ["x", "s", "z"], ["q"])
    builder.node("DequantizeLinear", ["q", "t"], ["y"])
    builder.output("y")
    let y = try Self.run(
      try builder.load().network, Tensor(shape: [1, 4], elements: [-9, 0, 0.74, 200]), input: "x")
    #expect(y.elements == [0, 20, 22, 510])
  }

  /// Protects what a quantized value says where it is asked for as such.
  @Test func integersCanBeOutputs() throws {
    var builder = ModelBuilder()
    builder.input("x", [1, 4])
    builder.floats("s", [], [0.5])
    builder.typed("z", .uint8, [], [10])
    builder.node("QuantizeLinear", ["x", "s", "z"], ["q"])
    builder.output("q")
    let q = try Self.run(
      try builder.load().network, Tensor(shape: [1, 4], elements: [-9, 0, 0.74, 200]), input: "x")
    #expect(q.elements == [0, 10, 11, 255])
  }

  @Test func refusesWhatItCannotRound() throws {
    let cases: [(ONNXTensorProto.DataType, String)] = [
      (.float8E4M3Fn, "float8E4M3Fn"), (.int32, "quantization to int32"),
    ]
    for (type, reason) in cases {
      var builder = ModelBuilder()
      builder.input("x", [1, 4])
      builder.floats("s", [], [0.5])
      builder.typed("z", type, [], [0])
      builder.node("QuantizeLinear", ["x", "s", "z"], ["y"], name: "rounding")
      builder.output("y")
      do {
        _ = try builder.load()
        Issue.record("\(type) was read")
      } catch {
        #expect("\(error)".contains(reason))
      }
    }
  }

  /// Protects 4-bit integers, the first of which is in the lower half of a byte.
  @Test(arguments: [
    (ONNXTensorProto.DataType.int4, [Float]([1, -8, 7, -1, 3])),
    (.uint4, [1, 8, 7, 15, 3]),
  ])
  func unpacksIntegersOfFourBits(type: ONNXTensorProto.DataType, expected: [Float]) throws {
    for isRaw in [false, true] {
      var tensor = ONNXTensorProto()
      tensor.name = "w"
      tensor.dims = [5]
      tensor.dataType = Int32(type.rawValue)
      if isRaw {
        tensor.rawData = Data([0x81, 0xF7, 0x03])
      } else {
        tensor.int32Data = [0x81, 0xF7, 3]
      }
      var decoder = TensorDecoder()
      var budget = ReadingBudget(ReadingLimits(), fileSize: 0)
      #expect(try decoder.decodeIntegersAsFloats(tensor, &budget).elements == expected)
      #expect(try decoder.decode(tensor, &budget).tensor?.elements == expected)
      tensor.dims = [7]
      #expect(throws: ONNXError.Problem.self) { try decoder.decode(tensor, &budget) }
    }
  }

  private static func run(_ network: NeuralNetwork, _ input: Tensor, input name: String = "picture")
    throws -> Tensor
  {
    let program = try Program(
      network, inputShapes: [name: input.shape],
      taps: [.name(try #require(network.outputs.first))])
    let workspace = try Workspace(program)
    workspace.setInput(name, to: input)
    workspace.forward()
    return workspace.tap(0)
  }
}

extension ModelBuilder {
  /// Adds integers of a type, a number for each.
  fileprivate mutating func typed(
    _ name: String, _ type: ONNXTensorProto.DataType, _ shape: [Int64], _ numbers: [Int32]
  ) {
    var tensor = ONNXTensorProto()
    tensor.name = name
    tensor.dims = shape
    tensor.dataType = Int32(type.rawValue)
    tensor.int32Data = numbers
    model.graph.initializer.append(tensor)
  }
}
