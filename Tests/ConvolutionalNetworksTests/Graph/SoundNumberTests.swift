import Testing

@testable import ConvolutionalNetworks

/// Protects pictures from numbers in a file that would silently spoil all of them: whatever the operation, its name and
/// the number's are told.
@Suite struct SoundNumberTests {
  private static let bad = Tensor(shape: [2], elements: [1, .nan])
  private static let good = Tensor(shape: [2], repeating: 1)

  /// An operation of every kind that has weights, one of which is no number.
  static let operations: [(parameter: String, operation: any LayerOperation)] = [
    ("weights", Convolution(weights: bad.reshaped(to: [1, 1, 1, 2]))),
    ("bias", Convolution(weights: Tensor(shape: [2, 1, 1, 2]), bias: bad)),
    ("weights", TransposedConvolution(weights: bad.reshaped(to: [2, 1, 1, 1]))),
    ("bias", TransposedConvolution(weights: Tensor(shape: [2, 1, 1, 2]), bias: bad)),
    ("weights", Dense(weights: bad.reshaped(to: [1, 2]))),
    ("bias", Dense(weights: Tensor(shape: [2, 2]), bias: bad)),
    ("slopes", Activation(.parametricReLU(slopes: bad))),
    (
      "slopes",
      Convolution(
        weights: Tensor(shape: [2, 1, 1, 2]), activation: .parametricReLU(slopes: bad))
    ),
    ("scale", LayerNormalization(scale: bad)), ("shift", LayerNormalization(shift: bad)),
    ("scale", RMSNormalization(scale: bad)),
    ("scale", GroupNormalization(groups: 1, scale: bad)),
    ("shift", GroupNormalization(groups: nil, shift: bad)),
    ("scale", BatchNormalization(scale: bad, shift: good, mean: good, variance: good)),
    ("shift", BatchNormalization(scale: good, shift: bad, mean: good, variance: good)),
    ("mean", BatchNormalization(scale: good, shift: good, mean: bad, variance: good)),
    ("variance", BatchNormalization(scale: good, shift: good, mean: good, variance: bad)),
    ("value", Constant(bad)),
  ]

  private func network(_ operation: any LayerOperation) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 2, 2, 2], .channelsLast)],
      layers: [
        Layer(
          "a", operation, inputs: Array(repeating: "x", count: operation.inputCount.lowerBound))
      ], outputs: ["a"])
  }

  @Test(arguments: operations.indices)
  func weightsThatAreNoNumbersAreRefused(_ index: Int) {
    let (parameter, operation) = Self.operations[index]
    #expect(throws: VisualizationError.nonFiniteWeight(layer: "a", parameter: parameter)) {
      try network(operation)
    }
  }

  /// Protects the number of parameters, which is that of the numbers checked.
  @Test func parametersAreCounted() {
    #expect(
      BatchNormalization(
        scale: Self.good, shift: Self.good, mean: Self.good, variance: Self.good
      ).parameterCount == 8)
    #expect(
      Convolution(weights: Tensor(shape: [2, 3, 3, 2]), bias: Self.good).parameterCount == 38)
    #expect(Activation(.relu).parameterCount == 0)
  }

  /// Protects against the square root of what is negative, and against dividing by zero.
  @Test(arguments: [(Float(-0.5), Float(1e-5)), (-1e-5, 1e-5), (0, 0), (1, -2), (1, .infinity)])
  func varianceMustBePositive(_ variance: Float, epsilon: Float) throws {
    let operation = BatchNormalization(
      scale: Self.good, shift: Self.good, mean: Self.good,
      variance: Tensor(shape: [2], elements: [5, variance]), epsilon: epsilon)
    let error = #expect(throws: VisualizationError.self) { try network(operation) }
    guard case .invalidNumbers(layer: "a", operation: "BatchNormalization", let reason) = error
    else {
      Issue.record("\(String(describing: error))")
      return
    }
    // With an epsilon that spoils every channel the first is named.
    #expect(reason.contains("channel \(epsilon.isFinite && epsilon > -5 ? 1 : 0)"))
    #expect(reason.contains("\(epsilon.isFinite ? variance : 5)"))
  }

  @Test func otherNumbersMustBeSound() {
    for operation in [
      LayerNormalization(epsilon: -1), RMSNormalization(epsilon: .infinity),
      GroupNormalization(groups: 1, epsilon: .nan),
      LocalResponseNormalization(size: 3, alpha: .nan), Activation(.leakyReLU(slope: .infinity)),
      Activation(.clip(minimum: .nan, maximum: 1)), Activation(.elu(alpha: .nan)),
      Activation(.hardSigmoid(alpha: 1, beta: .infinity)),
    ] as [any LayerOperation] {
      #expect(throws: VisualizationError.self, "\(operation.kind)") { try network(operation) }
    }
  }

  /// Protects bounds that exporters leave open.
  @Test func openClipsAreSound() throws {
    _ = try network(Activation(.clip(minimum: -.infinity, maximum: 1)))
  }
}
