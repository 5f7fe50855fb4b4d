import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the oracle of transposed convolution, values and pullback.
@Suite struct TransposedConvolutionGradientTests {
  @Test(arguments: [TensorLayout.channelsFirst, .channelsLast])
  func agreesWithCentralDifferences(layout: TensorLayout) throws {
    var source = SeededTensors(seed: 6)
    let operation = OperationCase(
      "transposed",
      TransposedConvolution(
        weights: source.weights(4, 3, 2, 3), bias: source.weights(6), stride: [2, 1],
        dilation: [1, 2], padding: .explicit(before: [1, 0], after: [0, 1]),
        outputPadding: [1, 0], groups: 2),
      inputs: [[2, 3, 4, 4]], layout: layout)
    for (input, error) in try operation.gradientErrors() {
      #expect(error < 1e-8, "gradient of \(input)")
    }
  }

  /// Protects the definition: a row of two cells by a window of three, worked out by hand.
  @Test func spreadsWindows() throws {
    func output(_ operation: TransposedConvolution) throws -> [Double] {
      try OperationCase("by hand", operation, inputs: [[1, 2, 1]])
        .outputs(["input 0": DoubleTensor(shape: [1, 2, 1], elements: [1, 10])])[0].elements
    }
    let weights = Tensor(shape: [1, 3, 1], elements: [1, 2, 3])
    #expect(try output(TransposedConvolution(weights: weights)) == [1, 12, 23, 30])
    #expect(
      try output(
        TransposedConvolution(
          weights: weights, bias: Tensor(shape: [1], elements: [0.5]), stride: [2],
          padding: .explicit(before: [1], after: [0]), outputPadding: [1]))
        == [2.5, 13.5, 20.5, 30.5, 0.5])
    #expect(
      try output(TransposedConvolution(weights: weights, stride: [2], padding: .sameUpper))
        == [1, 2, 13, 20])
    #expect(
      try output(TransposedConvolution(weights: weights, stride: [2], padding: .sameLower))
        == [2, 13, 20, 30])
  }
}
