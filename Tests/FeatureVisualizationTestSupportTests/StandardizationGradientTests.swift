import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the oracle of normalizations, values and pullbacks.
@Suite struct StandardizationGradientTests {
  @Test(arguments: [.channelsFirst, .channelsLast].flatMap(cases))
  func agreesWithCentralDifferences(_ operation: OperationCase) throws {
    for (input, error) in try operation.gradientErrors() {
      #expect(error < 1e-8, "gradient of \(input)")
    }
  }

  private static func cases(_ layout: TensorLayout) -> [OperationCase] {
    var source = SeededTensors(seed: 6)
    return [
      OperationCase(
        "layers",
        LayerNormalization(
          axes: [-1, 1], scale: source.weights(3, 1, 4), shift: source.weights(1), epsilon: 0.1),
        inputs: [[2, 3, 2, 4]], layout: layout, maps: false),
      OperationCase(
        "tokens", LayerNormalization(scale: source.weights(5)), inputs: [[2, 3, 5]],
        layout: layout, maps: false),
      OperationCase(
        "root mean squares",
        RMSNormalization(axes: [-1, 1], scale: source.weights(3, 1, 4), epsilon: 0.1),
        inputs: [[2, 3, 2, 4]], layout: layout, maps: false),
      OperationCase(
        "groups",
        GroupNormalization(groups: 2, scale: source.weights(4), shift: source.weights(4)),
        inputs: [[2, 3, 2, 4]], layout: layout),
      OperationCase(
        "channels", GroupNormalization(groups: nil, scale: source.weights(3), epsilon: 0.1),
        inputs: [[2, 4, 3]], layout: layout),
      OperationCase(
        "sums of magnitudes", LpNormalization(.l1, axis: 1), inputs: [[2, 3, 2, 4]],
        layout: layout),
      OperationCase("lengths", LpNormalization(.l2), inputs: [[3, 4]], layout: layout),
    ]
  }

  /// Protects the definitions: numbers worked out by hand.
  @Test func standardizes() throws {
    func output(_ operation: any LayerOperation, _ elements: [Double]) throws -> [Double] {
      let network = OperationCase("by hand", operation, inputs: [[1, 4]]).network
      let evaluation = try ReferenceInterpreter(network).evaluate(
        ["input 0": DoubleTensor(shape: [1, 4], elements: elements)], taps: ["output 0"])
      return try evaluation.value(of: "output 0").elements
    }
    let doubled = Tensor(shape: [4], elements: [2, 2, 2, 2])
    let shifted = Tensor(shape: [1], elements: [1])
    // Mean 3, variance 4.
    let layer = LayerNormalization(scale: doubled, shift: shifted, epsilon: 0)
    #expect(try output(layer, [1, 1, 5, 5]) == [-1, -1, 3, 3])
    // Root mean square 5.
    let rootMeanSquare = RMSNormalization(scale: doubled, epsilon: 0)
    let divided = try output(rootMeanSquare, [1, 7, -5, 5])
    #expect(zip(divided, [0.4, 2.8, -2, 2]).allSatisfy { abs($0 - $1) < 1e-12 })
    let group = GroupNormalization(groups: 2, scale: doubled, epsilon: 0)
    #expect(try output(group, [1, 3, 10, 30]) == [-2, 2, -2, 2])
    #expect(try output(LpNormalization(.l1), [1, -1, 2, 0]) == [0.25, -0.25, 0.5, 0])
    #expect(try output(LpNormalization(.l2), [1, -1, 1, 1]) == [0.5, -0.5, 0.5, 0.5])
    #expect(try output(LpNormalization(.l2), [0, 0, 0, 0]) == [0, 0, 0, 0])
  }
}
