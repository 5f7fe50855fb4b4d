import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the interpreter's changed gradients, the oracles of the engine's modifiers.
@Suite struct GradientRuleTests {
  /// Inputs and gradients from above in all four combinations of signs.
  private static let inputs = [-1.0, -1, 1, 1]
  private static let seeds = [-2.0, 2, -2, 2]

  @Test(arguments: [
    // Slopes: ½ below zero, 1 above; the value has the sign of the input.
    (ActivationFunction.leakyReLU(slope: 0.5), GradientRule.plain, [-1.0, 1, -2, 2]),
    (.leakyReLU(slope: 0.5), .guided, [0, 0, 0, 2]),
    (.leakyReLU(slope: 0.5), .rectified, [0, 2, 0, 2]),
    (.relu, .plain, [0, 0, -2, 2]),
    (.relu, .guided, [0, 0, 0, 2]),
    (.relu, .rectified, [0, 2, 0, 2]),
    // The slope is ¼ on both sides, and the value positive.
    (.hardSigmoid(alpha: 0.25, beta: 0.5), .plain, [-0.5, 0.5, -0.5, 0.5]),
    (.hardSigmoid(alpha: 0.25, beta: 0.5), .guided, [0, 0.5, 0, 0.5]),
    (.hardSigmoid(alpha: 0.25, beta: 0.5), .rectified, [0, 0.5, 0, 0.5]),
    (.relu, .redirected, [0, 2, -2, 2]),
    (.clip(minimum: -0.5, maximum: 0.5), .redirected, [0, 2, -2, 0]),
    (.leakyReLU(slope: 0.5), .redirected, [-1.0, 1, -2, 2]),
    (.linear, .guided, [-2, 2, -2, 2]),
    (.linear, .rectified, [-2, 2, -2, 2]),
  ])
  func followsItsFormula(_ function: ActivationFunction, _ rule: GradientRule, _ expected: [Double])
    throws
  {
    #expect(try gradient(Activation(function), rule) == expected)
  }

  @Test(arguments: [
    ActivationFunction.clip(minimum: -3, maximum: 3), .elu(alpha: 1), .selu,
    .gelu(approximate: false), .gelu(approximate: true), .silu, .hardSwish, .softplus,
    .celu(alpha: 1), .thresholdedReLU(threshold: 0.5), .swish(alpha: 2), .mish,
    .parametricReLU(slopes: Tensor(shape: [1], elements: [0.1])),
  ])
  func smoothRectifiersAreRectifiersToo(_ function: ActivationFunction) throws {
    #expect(try gradient(Activation(function), .rectified) == [0, 2, 0, 2])
  }

  @Test(arguments: [ActivationFunction.sigmoid, .tanh, .softsign])
  func saturatingFunctionsKeepTheirSlope(_ function: ActivationFunction) throws {
    let plain = try gradient(Activation(function), .plain)
    #expect(try gradient(Activation(function), .rectified) == [0, plain[1], 0, plain[3]])
    #expect(plain[3] > 0 && plain[3] < 2)
  }

  @Test(arguments: MathFunction.allCases, GradientRule.allCases)
  func arithmeticIsLeftAlone(_ function: MathFunction, _ rule: GradientRule) throws {
    let plain = try gradient(function, .plain)
    // Functions of negative numbers, or of those beyond 1, may be no numbers, which are not equal to themselves.
    let pairs = zip(try gradient(function, rule), plain)
    #expect(pairs.allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
    let isFlat = [.floor, .ceiling, .round, .truncate, .sign].contains(function)
    #expect(isFlat ? plain.allSatisfy { $0 == 0 } : plain.contains { $0 < 0 })
  }

  @Test(
    arguments: [ActivationFunction.softmax(axis: 0), .logSoftmax(axis: 0)], GradientRule.allCases)
  func softmaxIsLeftAlone(_ function: ActivationFunction, _ rule: GradientRule) throws {
    let plain = try gradient(Activation(function), .plain)
    #expect(try gradient(Activation(function), rule) == plain)
    #expect(plain.contains { $0 < 0 })
  }

  /// Protects maxima: of each window all cells get a share, of the contraharmonic mean the derivative of the formula.
  @Test(arguments: [GradientRule.averagedMaxima, .contraharmonicMaxima])
  func maximaPassGradientsOfMeans(_ rule: GradientRule) throws {
    let window = [-0.5, 1.25, 0.75]
    let step = 1e-6
    func mean(_ x: [Double]) -> Double {
      let count = Double(x.count)
      guard rule == .contraharmonicMaxima else { return x.reduce(0, +) / count }
      let square = x.reduce(0) { $0 + $1 * $1 } / count
      return square / (0.01 + x.reduce(0) { $0 + abs($1) } / count)
    }
    let expected = window.indices.map { i in
      var (up, down) = (window, window)
      up[i] += step
      down[i] -= step
      return 2 * (mean(up) - mean(down)) / (2 * step)
    }
    let pooling = Pooling(.maximum, window: SlidingWindow(kernel: [3]))
    for operation in [pooling, GlobalPooling(.maximum)] as [any LayerOperation] {
      let single = OperationCase("maxima", operation, inputs: [[1, 3, 1]])
      let evaluation = try ReferenceInterpreter(single.network)
        .evaluate(["input 0": DoubleTensor(shape: [1, 3, 1], elements: window)], taps: ["layer"])
      #expect(try evaluation.value(of: "layer").elements == [1.25])
      let actual = try evaluation.gradient(
        of: ["layer": DoubleTensor(shape: [1, 1, 1], elements: [2])], withRespectTo: "input 0",
        rule: rule)
      for (actual, expected) in zip(actual.elements, expected) {
        #expect(abs(actual - expected) < 1e-8)
      }
    }
  }

  /// An activation that the file fused into a layer is an activation like any other.
  @Test(arguments: GradientRule.allCases)
  func fusedActivationsFollowTheRule(_ rule: GradientRule) throws {
    let weights = Tensor(shape: [1, 1], elements: [-3])
    let fused = OperationCase(
      "fused", Dense(weights: weights, activation: .relu), inputs: [[4, 1]])
    let input = DoubleTensor(shape: [4, 1], elements: Self.inputs)
    let evaluation = try ReferenceInterpreter(fused.network)
      .evaluate(["input 0": input], taps: ["layer"])
    let actual = try evaluation.gradient(
      of: ["layer": DoubleTensor(shape: [4, 1], elements: Self.seeds)], withRespectTo: "input 0",
      rule: rule)
    // The weight turns the signs: the first two are open.
    let expected: [Double] =
      switch rule {
      case .plain, .averagedMaxima, .contraharmonicMaxima: [6, -6, 0, 0]
      // Each number is a picture.
      case .redirected: [6, -6, 0, -6]
      case .guided: [0, -6, 0, 0]
      case .rectified: [0, -6, 0, -6]
      }
    #expect(actual.elements == expected)
  }

  private func gradient(_ operation: any LayerOperation, _ rule: GradientRule) throws -> [Double] {
    let single = OperationCase("rule", operation, inputs: [[4]])
    let evaluation = try ReferenceInterpreter(single.network)
      .evaluate(["input 0": DoubleTensor(shape: [4], elements: Self.inputs)], taps: ["layer"])
    return try evaluation.gradient(
      of: ["layer": DoubleTensor(shape: [4], elements: Self.seeds)], withRespectTo: "input 0",
      rule: rule
    ).elements
  }
}
