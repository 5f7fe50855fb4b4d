import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the oracle of products of values, and of its gradients.
@Suite struct MatrixMultiplicationGradientTests {
  @Test(arguments: [
    [[3, 4], [4, 2]], [[4], [4, 2]], [[3, 4], [4]], [[2, 1, 3, 4], [3, 4, 2]],
    [[3, 4], [2, 2, 4, 2]],
  ])
  func agreesWithCentralDifferences(_ shapes: [[Int]]) throws {
    let operation = OperationCase(
      "product", MatrixMultiplication(), inputs: shapes, layout: .channelsLast, maps: false)
    let errors = try operation.gradientErrors()
    #expect(errors.count == 2)
    for (input, error) in errors { #expect(error < 1e-8, "gradient of \(input)") }
  }

  /// Protects the definition: numbers worked out by hand, the left matrix standing for both.
  @Test func multiplies() throws {
    let operation = OperationCase(
      "by hand", MatrixMultiplication(), inputs: [[2, 2], [2, 2, 1]], layout: .channelsLast,
      maps: false)
    let outputs = try operation.outputs([
      "input 0": DoubleTensor(shape: [2, 2], elements: [1, 2, 3, 4]),
      "input 1": DoubleTensor(shape: [2, 2, 1], elements: [5, 6, 1, -1]),
    ])
    #expect(outputs == [DoubleTensor(shape: [2, 2, 1], elements: [17, 39, -1, -1])])
  }
}
