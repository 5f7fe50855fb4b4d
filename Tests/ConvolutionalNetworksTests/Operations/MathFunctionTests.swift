import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects functions of arithmetic and their slopes, which modifiers of backpropagation leave alone.
@Suite struct MathFunctionTests {
  @Test(arguments: MathFunction.allCases, TensorLayout.both)
  func agreesWithInterpreter(_ function: MathFunction, layout: TensorLayout) throws {
    for shape in [[2, 3, 5, 7], [3, 10], [1, 33, 32, 9]] {
      // The operands are half of these.
      try OperationCase("\(function)", shape, range: function.testedRange) { _ in function }
        .check(layout)
    }
  }

  @Test(arguments: [
    MathFunction.absolute, .exponential, .errorFunction, .sine, .cosine, .arctangent,
    .hyperbolicSine, .hyperbolicCosine, .hyperbolicArcsine, .floor, .ceiling, .round, .truncate,
    .sign,
  ])
  func takesNegativeNumbers(_ function: MathFunction) throws {
    try OperationCase("\(function)", [2, 3, 5, 7], range: -6...6) { _ in function }
      .check(.channelsFirst)
  }

  /// Protects the difference between a root of arithmetic and an activation: guided gradients may be
  /// negative.
  @Test func isNoActivation() throws {
    let operation = OperationCase("√", [2, 3, 5, 7], range: 1...4) { _ in MathFunction.squareRoot }
    try expectAgreement(
      operation.network(.channelsFirst), operation.tensors(), taps: ["y0"], rule: .plain,
      modifier: GuidedBackprop())
  }

  /// Protects the slope of a kink and of powers of 0, where the formulas divide by 0.
  @Test func hasSlopesWhereFormulasHaveNone() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [1, 2], channelAxis: nil)],
      layers: [
        Layer("absolute", MathFunction.absolute, inputs: ["x"]),
        Layer("exponents", Constant(Tensor(shape: [2], elements: [0, 2])), inputs: []),
        Layer("power", Arithmetic(.power), inputs: ["x", "exponents"]),
      ], outputs: ["absolute", "power"])
    let zeros = ["x": DoubleTensor(shape: [1, 2])]
    let run = try EngineRun(network, zeros, taps: ["absolute", "power"])
    #expect(run.taps[1].elements == [1, 0])
    #expect(run.gradients["x"]?.elements == [0, 0])
  }
}

extension MathFunction {
  /// Twice the numbers that it is tested with, away from where its slope is infinite.
  fileprivate var testedRange: ClosedRange<Double> {
    switch self {
    case .arcsine, .arccosine, .hyperbolicArctangent: -1.8...1.8
    case .tangent: -2.4...2.4
    case .hyperbolicArccosine: 2.5...12
    default: 0.5...12
    }
  }
}
