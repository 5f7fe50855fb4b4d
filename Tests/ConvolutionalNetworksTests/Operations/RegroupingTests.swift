import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects what operations that regroup elements mean: the network's own axis order, whatever the order in
/// memory.
@Suite struct RegroupingTests {
  @Test(arguments: operations, TensorLayout.both)
  func agreesWithInterpreter(_ operation: OperationCase, layout: TensorLayout) throws {
    try operation.check(layout)
  }

  static let operations = [
    OperationCase("flatten", [2, 3, 4, 5]) { _ in Flatten() },
    OperationCase("flatten from 2", [2, 3, 4, 5]) { _ in Flatten(axis: 2) },
    OperationCase("flatten a vector of channels", [2, 1, 1, 5]) { _ in Flatten() },
    OperationCase("reshape", [2, 3, 4, 5]) { _ in Reshape(to: [0, -1]) },
    OperationCase("reshape to a map", [2, 60]) { _ in Reshape(to: [2, 3, 4, 5]) },
    OperationCase("shuffle channels", [2, 3, 4, 6]) { _ in Reshape(to: [0, 2, 3, -1]) },
    OperationCase("transpose", [2, 3, 4, 5]) { _ in Transpose([0, 2, 3, 1]) },
    OperationCase("transpose images", [2, 3, 4, 5]) { _ in Transpose([3, 1, 0, 2]) },
    OperationCase("reverse the axes", [2, 3, 4]) { _ in Transpose(nil) },
    OperationCase("squeeze", [2, 1, 1, 5]) { layout in
      Squeeze(axes: [layout.axis(1), layout.axis(2)])
    },
    OperationCase("squeeze all", [2, 1, 3, 1]) { _ in Squeeze(axes: nil) },
    OperationCase("unsqueeze", [2, 5]) { _ in Unsqueeze(axes: [2, -1]) },
    OperationCase("identity", [2, 3, 4, 5]) { _ in Identity() },
    OperationCase("constant", [2, 3, 4, 5], [2, 3, 4, 5]) { _ in Arithmetic(.subtract) },
  ]

  /// Protects taps on a value and on views of it, which share memory.
  @Test(arguments: TensorLayout.both)
  func tapsViewsAndWhatTheyView(layout: TensorLayout) throws {
    let network = try NeuralNetwork(
      layout: layout, inputs: [.map("x", [2, 1, 1, 6], layout)],
      layers: [
        Layer("conv", Convolution(weights: .weights([4, 1, 1, 6])), inputs: ["x"]),
        Layer("flat", Flatten(), inputs: ["conv"]),
        Layer("again", Reshape(to: [0, 2, 2]), inputs: ["flat"]),
        Layer("dense", Dense(weights: .weights([3, 4])), inputs: ["flat"]),
        Layer("dropout", Identity(kind: "Dropout"), inputs: ["dense"]),
      ], outputs: ["dropout"])
    var tensors = SeededTensors(seed: 1)
    try expectAgreement(
      network, ["x": tensors.uniform([2, 1, 1, 6])],
      taps: ["conv", "flat", "again", "dense", "dropout"])
  }

  /// Protects the copies of transpositions, of every size that is cut into tiles or chunks in another way.
  @Test(arguments: [
    [1, 0], [0, 2, 1], [1, 0, 2], [2, 0, 1], [0, 2, 1, 3], [0, 3, 1, 2], [3, 1, 0, 2],
  ])
  func transposes(permutation: [Int]) throws {
    for extents in [[3, 5, 4, 2], [20, 33, 17, 3], [1, 200, 1, 90], [2, 70, 150, 1]] {
      let shape = Array(extents.prefix(permutation.count))
      for layout in TensorLayout.both {
        try OperationCase("\(shape)", shape) { _ in Transpose(permutation) }.check(layout)
      }
    }
  }

  /// Protects ConvNeXt's way of normalizing: a map is turned round and back, which moves nothing in memory.
  @Test func turnsMapsRoundForNothing() throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", [2, 5, 6, 3], .channelsFirst)],
      layers: [
        Layer("conv", .convolution(3, 4, kernel: 3), inputs: ["x"]),
        Layer("last", Transpose([0, 2, 3, 1]), inputs: ["conv"]),
        Layer("norm", LayerNormalization(scale: .weights([4])), inputs: ["last"]),
        Layer("first", Transpose([0, 3, 1, 2]), inputs: ["norm"]),
        Layer("y", Arithmetic(.add), inputs: ["first", "conv"]),
      ], outputs: ["y"])
    let program = try Program(network, inputShapes: ["x": [2, 5, 6, 3]], taps: ["y"])
    #expect(program.stepLayers == ["conv", "norm", "y"])
    var tensors = SeededTensors(seed: 4)
    let input = ["x": tensors.uniform([2, 5, 6, 3])]
    try expectAgreement(network, input, taps: ["y"])
    try expectAgreement(network, input, taps: ["y", "first", "norm", "conv"])
  }
}
