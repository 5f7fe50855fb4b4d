import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects comparisons and logic with broadcasting, also of equal numbers, and that they pass no gradient.
@Suite struct ComparisonTests {
  @Test(arguments: Comparison.allCases, TensorLayout.both)
  func agreesWithInterpreter(_ comparison: Comparison, layout: TensorLayout) throws {
    let shapes: [([Int], [Int])] = [
      ([2, 3, 4, 5], [2, 3, 4, 5]), ([2, 3, 4, 5], [1, 1, 1, 5]), ([3, 1], [1, 40]),
      ([1, 40, 41, 12], []),
    ]
    for (left, right) in shapes {
      let network = try NeuralNetwork(
        layout: layout, inputs: [.map("a", left, layout), .map("b", right, layout)],
        layers: [
          // Of −2…2 few numbers are left, so that many are equal, and many 0.
          Layer("a'", MathFunction.round, inputs: ["a"]),
          Layer("b'", MathFunction.round, inputs: ["b"]),
          Layer("holds", comparison, inputs: ["a'", "b'"]),
          Layer("y", Where(), inputs: ["holds", "a", "b"]),
        ], outputs: ["y"])
      var tensors = SeededTensors(seed: 5)
      let inputs = [
        "a": tensors.spaced(left, in: -2...2), "b": tensors.spaced(right, in: -2...2),
      ]
      try expectAgreement(network, inputs, taps: ["holds", "y"])
    }
  }

  /// Protects the answers for what is no number or infinite.
  @Test func comparesWhatIsNoNumber() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [1, 3], channelAxis: nil)],
      layers: [
        Layer("top", Constant(Tensor(shape: [], elements: [.infinity])), inputs: []),
        Layer("differs", Comparison.notEqual, inputs: ["x", "x"]),
        Layer("is infinite", Comparison.equal, inputs: ["x", "top"]),
        Layer("is less", Comparison.less, inputs: ["x", "top"]),
      ], outputs: ["differs", "is infinite", "is less"])
    let x = ["x": DoubleTensor(shape: [1, 3], elements: [1, .infinity, .nan])]
    let run = try EngineRun(network, x, taps: ["differs", "is infinite", "is less"])
    #expect(run.taps.map(\.elements) == [[0, 0, 1], [0, 1, 0], [1, 0, 0]])
  }
}
