import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects parts taken at stated positions, repeated ones among them, whose gradients are sums.
@Suite struct GatherTests {
  @Test(arguments: TensorLayout.both)
  func agreesWithInterpreter(layout: TensorLayout) throws {
    let positions: [NumberArray] = [
      NumberArray([1]), NumberArray([0, 1, 2]), NumberArray([2, 2, 0, 2]),
      NumberArray([-1, 0, -3]),
      NumberArray(shape: [2, 2], numbers: [0, 1, 1, 2]), NumberArray(shape: [], numbers: [-2]),
    ]
    for positions in positions {
      for axis in 0..<4 {
        try OperationCase("\(positions) along \(axis)", [3, 4, 5, 6]) { _ in
          Gather(axis: axis - 4, positions: .constant(positions))
        }.check(layout)
      }
    }
  }

  /// Protects against reading beyond the value.
  @Test(arguments: [[3], [-4], [0, 1 << 40]])
  func refusesPositionsBeyondTheAxis(positions: [Int]) {
    #expect(throws: ShapeError.self) {
      _ = try Gather(axis: 0, positions: .constant(positions))
        .outputShapes(for: [[3, 2]], layout: .channelsLast)
    }
  }

  /// Protects numbers that follow from sizes: they differ from program to program of one network.
  @Test func readsConstantsOffShapes() throws {
    let width = ShapeExpression.shape(of: "x", start: 1, end: 2)
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [nil, nil], channelAxis: nil)],
      layers: [
        Layer("width", ShapeConstant(width), inputs: []),
        Layer("y", Arithmetic(.multiply), inputs: ["x", "width"]),
      ], outputs: ["y"])
    for width in [3, 5] {
      let program = try Program(network, inputShapes: ["x": [2, width]], taps: ["y"])
      let workspace = try Workspace(program)
      workspace.setInput("x", to: Tensor(shape: [2, width], repeating: 2))
      workspace.forward()
      #expect(workspace.tap(0) == Tensor(shape: [2, width], repeating: Float(2 * width)))
    }
    var tensors = SeededTensors(seed: 1)
    try expectAgreement(network, ["x": tensors.uniform([2, 4])], taps: ["y"])
  }
}
