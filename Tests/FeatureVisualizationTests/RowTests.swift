import FeatureVisualization
import Testing

/// A layer whose rows are no pictures is refused by name: its scores would be other pictures'.
struct RowTests {
  /// A convolution whose output is cut into rows of 4·4·2 numbers, whatever the size of the picture.
  private func cutIntoRows() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "x", shape: [1, nil, nil, 3], channelAxis: 3, specification: InputSpecification())
      ],
      layers: [
        Layer(
          "map", Convolution(weights: Tensor(shape: [2, 1, 1, 3], repeating: 0.3)), inputs: ["x"]),
        Layer("rows", Reshape(to: [-1, 32]), inputs: ["map"]),
      ], outputs: ["rows"])
  }

  @Test func `one picture that becomes several rows is refused`() throws {
    #expect(
      throws: VisualizationError.rowsAreNoPictures(layer: "rows", shape: [4, 32], pictures: 1)
    ) {
      try cutIntoRows().visualizeActivation(
        of: "rows", units: [0], preset: .smallSteps(1).with(\.size, 8))
    }
  }

  @Test func `several pictures that become one row are refused`() throws {
    #expect(
      throws: VisualizationError.rowsAreNoPictures(layer: "rows", shape: [1, 32], pictures: 2)
    ) {
      try cutIntoRows().visualizeActivation(
        of: "rows", eachOf: [[0], [1]],
        preset: .smallSteps(1).with(\.size, InputSize(height: 4, width: 2)))
    }
  }

  @Test func `the size that the rows were made for is drawn`() throws {
    let visualization = try cutIntoRows().visualizeActivation(
      of: "rows", eachOf: [[0], [1]], preset: .smallSteps(3).with(\.size, 4))
    #expect(visualization.scores.count == 2)
  }

  @Test func `as many rows as pictures are no pictures if they come from another axis`() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput("x", shape: [1, 3, 4, 3], channelAxis: 3, specification: InputSpecification())
      ],
      layers: [Layer("turned", Transpose([1, 0, 2, 3]), inputs: ["x"])], outputs: ["turned"])
    #expect(
      throws: VisualizationError.rowsAreNoPictures(
        layer: "turned", shape: [3, 3, 4, 3], pictures: 3)
    ) {
      try network.visualizeActivation(
        of: "turned", eachOf: [[0], [1], [2]], preset: .smallSteps(1))
    }
  }
}
