import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

/// Protects what graphs compute of conditions, indices and orders that the network computes itself.
@Suite("ONNX: computed choices") struct ComputedChoiceTests {
  /// The outputs of a model for the floats or integers `x`.
  private func outputs(
    _ x: Tensor, type: ONNXTensorProto.DataType = .float, outputs: [String] = ["y"],
    _ fill: (inout ModelBuilder) -> Void
  ) throws -> [[Float]] {
    var model = ModelBuilder(operatorSet: 20)
    model.input("x", x.shape.map { Int64($0) }, type: type)
    fill(&model)
    for output in outputs { model.output(output) }
    return try LogicalRun(try model.load().network, ["x": x]).outputs.map(\.elements)
  }

  /// Integers are divided towards zero, and floats cast to integers and truth values.
  @Test func castsAndDivides() throws {
    let x = Tensor(shape: [1, 5], elements: [-7, -1, 0, 5, 8])
    let quotients = try outputs(x, type: .int64) { model in
      model.integers("three", [3])
      model.node("Div", ["x", "three"], ["y"])
    }
    #expect(quotients == [[-2, 0, 0, 1, 2]])
    let casts = try outputs(
      Tensor(shape: [1, 4], elements: [-1.7, 0, 0.3, 2.5]), outputs: ["integers", "truths"]
    ) { model in
      model.node("Cast", ["x"], ["integers"], ["to": 7])
      model.node("Cast", ["x"], ["truths"], ["to": 9])
    }
    #expect(casts == [[-1, 0, 0, 2], [1, 0, 1, 1]])
  }

  /// The highest scores and what stands at their positions, as a detector's head selects it.
  @Test func selectsByRank() throws {
    let x = Tensor(shape: [1, 5], elements: [0.1, 0.9, 0.4, 0.9, 0.2])
    let results = try outputs(x, outputs: ["values", "positions", "taken", "hot"]) { model in
      model.integers("two", [2])
      model.integers("depth", [5])
      model.floats("choices", [2], [0, 1])
      model.floats("table", [5], [10, 11, 12, 13, 14])
      model.node("TopK", ["x", "two"], ["values", "positions"])
      model.node("Gather", ["table", "positions"], ["taken"])
      model.node("OneHot", ["positions", "depth", "choices"], ["hot"])
    }
    #expect(
      results == [[0.9, 0.9], [1, 3], [11, 13], [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]])
  }

  /// A mask of −∞ lets a softmax leave tokens out, as attention does it; the network holds the mask.
  @Test func infiniteMasks() throws {
    let x = Tensor(shape: [1, 3], elements: [1, 2, 3])
    let results = try outputs(x, outputs: ["added", "chosen"]) { model in
      model.floats("mask", [3], [0, 0, -.infinity])
      model.floats("least", [], [-.infinity])
      model.floats("limit", [], [2.5])
      model.node("Add", ["x", "mask"], ["sum"])
      model.node("Softmax", ["sum"], ["added"])
      model.node("Less", ["x", "limit"], ["counts"])
      model.node("Where", ["counts", "x", "least"], ["masked"])
      model.node("Softmax", ["masked"], ["chosen"])
    }
    let shares: [Float] = [0.268_941_42, 0.731_058_6, 0]
    for result in results {
      #expect(zip(result, shares).allSatisfy { abs($0 - $1) < 1e-6 })
    }
  }
}
