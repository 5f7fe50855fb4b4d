import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects values joined and cut along any axis, and the gradients of parts that nobody asked about.
@Suite struct JoiningTests {
  @Test(arguments: 0..<4, TensorLayout.both)
  func joins(axis: Int, layout: TensorLayout) throws {
    var shapes = [[2, 3, 4, 5], [2, 3, 4, 5], [2, 3, 4, 5]]
    shapes[1][axis] = 1
    shapes[2][axis] = 7
    let operation = OperationCase("axis \(axis)", shapes[0], shapes[1], shapes[2]) { layout in
      Concatenation(axis: layout.axis(axis))
    }
    try operation.check(layout)
  }

  @Test(arguments: 0..<4, TensorLayout.both)
  func cuts(axis: Int, layout: TensorLayout) throws {
    var shape = [2, 3, 4, 5]
    shape[axis] = 7
    let uneven = OperationCase("axis \(axis)", shape, outputs: 3) { layout in
      Split(axis: layout.axis(axis), sizes: [1, 4, 2])
    }
    try uneven.check(layout)
    let even = OperationCase("axis \(axis)", shape, outputs: 3) { layout in
      Split(axis: layout.axis(axis) - 4, parts: 3)
    }
    try even.check(layout)
  }

  /// Protects the zeros under parts that reach no tap, alone and beside another share.
  @Test(arguments: [["y1"], ["y2"], ["y0", "y2"], ["y1", "half0"]] as [[LayerID]])
  func pullsBackSomeParts(taps: [LayerID]) throws {
    let split = OperationCase("split", [2, 3, 4, 9], outputs: 3) { _ in
      Split(axis: -1, sizes: [2, 3, 4])
    }
    try expectAgreement(try split.network(.channelsLast), split.tensors(), taps: taps)
  }

  @Test func joinsAValueWithItself() throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", [2, 3, 4, 5], .channelsFirst)],
      layers: [
        Layer("x'", Activation(.tanh), inputs: ["x"]),
        Layer("y", Concatenation(axis: 1), inputs: ["x'", "x'", "x"]),
      ], outputs: ["y"])
    var tensors = SeededTensors(seed: 1)
    try expectAgreement(network, ["x": tensors.uniform([2, 3, 4, 5])], taps: ["y"])
  }
}
