import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

@testable import NetworkFormats

/// Protects the places of maxima and what goes back to them.
@Suite("ONNX: places of maxima") struct UnpoolingImportTests {
  /// A network that pools and puts the maxima back, as SegNet does it.
  private static func model(
    _ extents: [Int64?], _ pooling: [String: AttributeValue],
    unpooling: [String: AttributeValue]? = nil, outputs: [String] = ["y", "indices"]
  ) -> ModelBuilder {
    var model = ModelBuilder()
    model.input("x", extents)
    model.node("MaxPool", ["x"], ["pooled", "indices"], name: "pool", pooling)
    model.node("MaxUnpool", ["pooled", "indices"], ["y"], name: "unpool", unpooling ?? pooling)
    for output in outputs { model.output(output) }
    return model
  }

  private static let halving: [String: AttributeValue] = [
    "kernel_shape": [2, 2], "strides": [2, 2],
  ]

  private static func numbers(_ shape: [Int]) -> Tensor {
    var source = SeededTensors(seed: 21)
    return Tensor(source.spaced(shape))
  }

  /// Maxima stay where they were and all else is 0; indices count all elements. Sizes may be free.
  @Test(arguments: [[2, 3, 4, 6], [nil, 3, nil, nil]] as [[Int64?]])
  func putsMaximaBack(extents: [Int64?]) throws {
    let x = Self.numbers([2, 3, 4, 6])
    let outputs = try LogicalRun(
      try Self.model(extents, Self.halving).load().network, ["x": x]
    ).outputs
    var expected = [Float](repeating: 0, count: x.count)
    var indices: [Float] = []
    for map in 0..<6 {
      for (row, column) in [(0, 0), (0, 2), (0, 4), (2, 0), (2, 2), (2, 4)] {
        let cells = [(0, 0), (0, 1), (1, 0), (1, 1)].map { (map * 4 + row + $0) * 6 + column + $1 }
        let winner = cells.max { x.elements[$0] < x.elements[$1] } ?? 0
        expected[winner] = x.elements[winner]
        indices.append(Float(winner))
      }
    }
    #expect(outputs[0].shape == x.shape)
    #expect(outputs[0].elements == expected)
    #expect(outputs[1].elements == indices)
  }

  /// Gradients go to the maxima alone, as central differences say; over one to three axes, with overlapping windows too.
  @Test(
    arguments: [
      ([1, 2, 6], ["kernel_shape": [2], "strides": [2]]), ([2, 2, 4, 6], halving),
      ([1, 2, 5, 5], ["kernel_shape": [3, 3], "strides": [2, 2]]),
      ([1, 1, 4, 4, 2], ["kernel_shape": [2, 2, 2], "strides": [2, 2, 2]]),
    ] as [([Int], [String: AttributeValue])])
  func passesGradients(shape: [Int], window: [String: AttributeValue]) throws {
    let model = Self.model(shape.map { Int64($0) }, window, outputs: ["y"])
    let comparison = try DerivativeComparison(
      try model.load().network, ["x": Self.numbers(shape)], withRespectTo: ["x"])
    #expect(comparison.programError < 1e-6)
    #expect(comparison.interpreterError < 1e-6)
  }

  /// Protects indices that the file or another network made, and those counted along columns.
  @Test func takesAnyIndices() throws {
    var model = ModelBuilder()
    model.input("x", [1, 1, 2, 2])
    model.input("indices", [1, 1, 2, 2], type: .int64)
    model.node("MaxUnpool", ["x", "indices"], ["y"], Self.halving)
    model.output("y")
    let run = try LogicalRun(
      try model.load().network,
      [
        "x": Tensor(shape: [1, 1, 2, 2], elements: [1, 2, 3, 4]),
        "indices": Tensor(shape: [1, 1, 2, 2], elements: [15, 7, 13, 5]),
      ])
    #expect(run.outputs[0].elements == [0, 0, 0, 0, 0, 4, 0, 2, 0, 0, 0, 0, 0, 3, 0, 1])

    let columns = Self.model(
      [1, 1, 2, 4], Self.halving.merging(["storage_order": 1]) { $1 },
      unpooling: Self.halving, outputs: ["indices"])
    let x = Tensor(shape: [1, 1, 2, 4], elements: [0, 9, 0, 0, 0, 0, 0, 9])
    #expect(
      try LogicalRun(try columns.load().network, ["x": x]).outputs[0].elements == [2, 7])
  }

  /// Protects against pooling of other axes than the value has.
  @Test func refusesOtherAxes() throws {
    var model = ModelBuilder()
    model.input("x", [1, 1, 2, 2])
    model.node("MaxUnpool", ["x", "x"], ["y"], name: "unpool", ["kernel_shape": [2]])
    model.output("y")
    let error = #expect(throws: ONNXError.self) { try model.load() }
    #expect("\(try #require(error))".contains("kernel_shape"))
  }
}
