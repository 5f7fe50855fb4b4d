import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

@testable import NetworkFormats

/// Protects ReverseSequence in either order of axes, with lengths of the file and of the network.
@Suite("ONNX: reversed sequences") struct SequenceImportTests {
  private static func model(isTimeFirst: Bool, lengths: [Int64]?, extents: [Int64?])
    -> ModelBuilder
  {
    var model = ModelBuilder()
    model.input("x", extents)
    if let lengths {
      model.integers("lengths", lengths)
    } else {
      model.input("lengths", [extents[isTimeFirst ? 1 : 0]], type: .int64)
    }
    model.node(
      "ReverseSequence", ["x", "lengths"], ["y"], name: "node",
      ["time_axis": isTimeFirst ? 0 : 1, "batch_axis": isTimeFirst ? 1 : 0])
    model.output("y")
    return model
  }

  @Test(arguments: [true, false], [[2, 4, 3], [3, 3, 3], nil] as [[Int64]?])
  func reversesTheFirstSteps(isTimeFirst: Bool, given: [Int64]?) throws {
    // Three sequences of four steps of two features.
    let shape = isTimeFirst ? [4, 3, 2] : [3, 4, 2]
    var source = SeededTensors(seed: 5)
    let x = Tensor(source.uniform(shape))
    let lengths = given ?? [1, 4, 3]
    func place(_ sequence: Int, _ step: Int) -> Int {
      2 * (isTimeFirst ? step * 3 + sequence : sequence * 4 + step)
    }
    var expected = x.elements
    for (sequence, length) in lengths.enumerated() {
      for step in 0..<Int(length) {
        for feature in 0..<2 {
          expected[place(sequence, step) + feature] =
            x.elements[place(sequence, Int(length) - 1 - step) + feature]
        }
      }
    }
    var inputs = ["x": x]
    if given == nil {
      inputs["lengths"] = Tensor(shape: [3], elements: lengths.map { Float($0) })
    }
    for extents in [shape.map { Int64($0) }, shape.map { _ in nil }] as [[Int64?]] {
      let network = try Self.model(isTimeFirst: isTimeFirst, lengths: given, extents: extents)
        .load().network
      #expect(try LogicalRun(network, inputs).outputs[0].elements == expected)
      let comparison = try DerivativeComparison(network, inputs, withRespectTo: ["x"])
      #expect(comparison.programError < 1e-6)
      #expect(comparison.interpreterError < 1e-6)
    }
  }

  /// Protects lengths that are all the same: they are those of any number of sequences.
  @Test func takesOtherBatches() throws {
    let network = try Self.model(isTimeFirst: false, lengths: [2], extents: [nil, 3, 1])
      .load().network
    let x = Tensor(shape: [2, 3, 1], elements: [1, 2, 3, 4, 5, 6])
    #expect(try LogicalRun(network, ["x": x]).outputs[0].elements == [2, 1, 3, 5, 4, 6])
  }

  @Test func refusesOtherAxes() throws {
    let model = ModelBuilder.single(
      "ReverseSequence", shape: [2, 3, 4], others: ["lengths"], ["time_axis": 2, "batch_axis": 0]
    ) { $0.integers("lengths", [1, 2]) }
    let error = #expect(throws: ONNXError.self) { try model.load() }
    #expect("\(try #require(error))".contains("time_axis"))
  }
}
