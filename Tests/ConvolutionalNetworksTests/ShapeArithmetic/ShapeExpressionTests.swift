import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects shapes that are computed in the graph: they follow the size that a program is compiled for.
@Suite struct ShapeExpressionTests {
  /// `x.view(x.size(0), -1)` as PyTorch exports it.
  private static let flatten: ShapeExpression = {
    let first = Gather(axis: 0, positions: .constant(NumberArray(shape: [], numbers: [0])))
    let batch = ShapeExpression.apply(
      first, [.shape(of: "conv", start: 0, end: nil)], .integer)
    let axis = ShapeExpression.apply(Unsqueeze(axes: [0]), [batch], .integer)
    return .apply(Concatenation(axis: 0), [axis, .constant([-1])], .integer)
  }()

  @Test(arguments: TensorLayout.both)
  func reshapesFollowTheInput(layout: TensorLayout) throws {
    let network = try NeuralNetwork(
      layout: layout, inputs: [.map("x", [1, 5, 6, 3], layout)],
      layers: [
        Layer("conv", .convolution(3, 4, kernel: 3), inputs: ["x"]),
        Layer("flat", Reshape(to: Self.flatten), inputs: ["conv"]),
        Layer("map", Reshape(to: .shape(of: "conv", start: 0, end: nil)), inputs: ["flat"]),
        Layer("sum", Arithmetic(.add), inputs: ["map", "conv"]),
      ], outputs: ["sum"])
    var tensors = SeededTensors(seed: 1)
    for shape in [[1, 5, 6, 3], [3, 4, 7, 3]] {
      let input = ["x": tensors.uniform(shape)]
      try expectAgreement(network, input, taps: ["flat"])
      try expectAgreement(network, input, taps: ["sum", "flat"])
    }
  }

  /// Protects layers of which only the shape matters: they are inferred, but do not run.
  @Test func valuesOfWhichOnlyTheShapeMattersDoNotRun() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 4, 4, 3], .channelsLast)],
      layers: [
        Layer("conv", .convolution(3, 8, kernel: 3), inputs: ["x"]),
        Layer("other", .convolution(3, 8, kernel: 1), inputs: ["x"]),
        Layer("again", Reshape(to: .shape(of: "conv", start: 0, end: 4)), inputs: ["other"]),
      ], outputs: ["again"])
    let program = try Program(network, inputShapes: ["x": [2, 4, 4, 3]], taps: ["again"])
    #expect(program.stepLayers == ["other"])
    #expect(program.taps[0].shape == [2, 4, 4, 8])
  }

  @Test func refusesReshapesThatDoNotFit() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 6], .channelsLast)],
      layers: [Layer("y", Reshape(to: [0, 4, -1]), inputs: ["x"])], outputs: ["y"])
    #expect(throws: VisualizationError.self) {
      try Program(network, inputShapes: ["x": [1, 6]], taps: ["y"])
    }
  }
}
