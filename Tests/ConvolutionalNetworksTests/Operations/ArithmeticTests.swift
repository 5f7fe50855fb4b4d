import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects elementwise arithmetic and its broadcasting, whose gradients are sums.
@Suite struct ArithmeticTests {
  @Test(arguments: Arithmetic.Operator.allCases, TensorLayout.both)
  func agreesWithInterpreter(_ operation: Arithmetic.Operator, layout: TensorLayout) throws {
    for (left, right) in Self.shapes {
      for (first, second) in [(left, right), (right, left)] {
        // Divisors stay away from 0.
        try OperationCase("\(operation)", first, second, range: 1...4) { _ in
          Arithmetic(operation)
        }.check(layout)
      }
    }
  }

  static let shapes: [([Int], [Int])] = [
    ([2, 3, 5, 7], [2, 3, 5, 7]),
    ([2, 3, 5, 7], []),
    ([2, 3, 5, 7], [1, 1, 1, 7]),
    ([2, 3, 5, 7], [2, 1, 1, 7]),
    ([2, 3, 5, 7], [2, 3, 5, 1]),
    ([2, 3, 5, 7], [1, 3, 1, 7]),
    ([2, 3, 1, 7], [1, 3, 5, 1]),
    ([2, 5, 5, 5], [5]),
    ([2, 5, 5, 5], [5, 5]),
    ([3, 6, 4], [3, 6, 1]),
    ([3, 9], [1, 9]),
    ([3, 9], [9]),
    ([4], [4]),
    ([], []),
    // Larger than a chunk, in each way of cutting.
    ([1, 40, 41, 12], [1, 40, 41, 12]),
    ([1, 40, 41, 12], [1, 1, 1, 12]),
    ([1, 40, 41, 12], [1, 40, 41, 1]),
    ([1, 40, 41, 12], []),
    ([1, 3, 4, 1500], [1, 1, 1, 1500]),
  ]

  /// Protects gradients that reach one value through both operands.
  @Test(arguments: Arithmetic.Operator.allCases)
  func takesTheSameValueTwice(_ operation: Arithmetic.Operator) throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", [2, 3, 4, 5], .channelsFirst)],
      layers: [
        Layer("x'", Activation(.softplus), inputs: ["x"]),
        Layer("y", Arithmetic(operation), inputs: ["x'", "x'"]),
      ], outputs: ["y"])
    var tensors = SeededTensors(seed: 5)
    let input = ["x": tensors.uniform([2, 3, 4, 5])]
    if operation == .add || operation == .multiply {
      try expectAgreement(network, input, taps: ["y"])
    }
    try expectAgreement(network, input, taps: ["y", "x'"])
  }
}
