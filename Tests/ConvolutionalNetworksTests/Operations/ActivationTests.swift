import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the curves of all activations and their slopes.
@Suite struct ActivationTests {
  @Test(arguments: functions, TensorLayout.both)
  func agreesWithInterpreter(_ function: ActivationFunction, layout: TensorLayout) throws {
    for shape in [[2, 3, 5, 7], [3, 10], [1, 33, 32, 9]] {
      try OperationCase("\(function)", shape, range: -12...12) { _ in Activation(function) }
        .check(layout)
    }
  }

  static let functions: [ActivationFunction] = [
    .linear, .relu, .relu6, .clip(minimum: -1.5, maximum: 2.25), .leakyReLU(slope: 0.2),
    .elu(alpha: 0.7), .selu, .gelu(approximate: false), .gelu(approximate: true), .silu, .hardSwish,
    .celu(alpha: 1.7), .thresholdedReLU(threshold: 1.5), .swish(alpha: 1.5), .mish, .softsign,
    .hardSigmoid(alpha: 0.2, beta: 0.5), .sigmoid, .tanh, .softplus,
  ]

  /// Protects slopes per channel, per element and for all: they broadcast against the logical shape.
  @Test(arguments: TensorLayout.both)
  func takesTrainedSlopes(layout: TensorLayout) throws {
    let perChannel = layout == .channelsFirst ? [7, 1, 1] : [7]
    let perElement = layout == .channelsFirst ? [7, 3, 5] : [3, 5, 7]
    let perRow = layout == .channelsFirst ? [3, 1] : [3, 1, 1]
    for slopes in [perChannel, perElement, perRow, [1], []] {
      try OperationCase("slopes \(slopes)", [2, 3, 5, 7]) { _ in
        Activation(.parametricReLU(slopes: .weights(slopes, in: 0.1...0.6)))
      }.check(layout)
    }
  }

  @Test(arguments: TensorLayout.both)
  func couplesAnAxis(layout: TensorLayout) throws {
    for (shape, axis) in [([2, 3, 5, 7], 3), ([2, 3, 5, 7], 1), ([1, 4, 4, 6], 0)] {
      let axis = layout.axis(axis)
      for function in [ActivationFunction.softmax(axis: axis), .logSoftmax(axis: axis)] {
        try OperationCase("\(function)", shape) { _ in Activation(function) }.check(layout)
      }
    }
    // Scores of attention: more rows than a chunk holds, and single ones longer than it.
    for shape in [[2, 50, 49, 3], [2, 50, 60], [2, 3, 3000]] {
      for axis in [1, -1] {
        try OperationCase("attention", shape) { _ in Activation(.softmax(axis: axis)) }
          .check(layout)
      }
    }
    try OperationCase("classes", [3, 50], range: -30...30) { _ in Activation(.softmax(axis: -1)) }
      .check(layout)
  }

  /// Protects against overflow: e^100 is no Float. Slopes of saturated curves are tiny, but numbers.
  @Test func survivesLargeInputs() throws {
    for function in Self.functions + [.softmax(axis: -1), .logSoftmax(axis: -1)] {
      let operation = OperationCase("\(function)", [2, 12], range: -400...400) { _ in
        Activation(function)
      }
      let network = try operation.network(.channelsLast)
      let run = try EngineRun(network, operation.tensors(), taps: ["y0"])
      let expected = try ReferenceInterpreter(network).evaluate(operation.tensors(), taps: ["y0"])
      #expect(
        try DoubleTensor(run.taps[0]).largestRelativeError(from: expected.value(of: "y0")) <= 1e-5)
      #expect(run.gradients["x0"]?.elements.allSatisfy(\.isFinite) == true, "\(function)")
    }
  }
}
