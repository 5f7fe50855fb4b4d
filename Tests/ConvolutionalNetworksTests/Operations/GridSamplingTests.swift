import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects samples within and beyond maps of one to three axes, and the gradients of maps and grid.
@Suite struct GridSamplingTests {
  @Test(
    arguments: GridSampling.Interpolation.allCases, GridSampling.Surroundings.allCases)
  func agreesWithInterpreter(
    _ interpolation: GridSampling.Interpolation, _ surroundings: GridSampling.Surroundings
  ) throws {
    let shapes: [([Int], [Int])] = [
      ([2, 3, 4, 5], [2, 3, 2, 2]), ([1, 2, 6], [1, 9, 1]), ([1, 2, 3, 4, 2], [1, 2, 2, 3, 3]),
      ([1, 1, 1, 3], [1, 5, 1, 2]),
    ]
    for (maps, grid) in shapes {
      for alignsCorners in [true, false] {
        let network = try NeuralNetwork(
          layout: .channelsFirst,
          inputs: [
            NetworkInput("maps", shape: maps.map(Optional.some), channelAxis: nil),
            NetworkInput("grid", shape: grid.map(Optional.some), channelAxis: nil),
          ],
          layers: [
            Layer(
              "y",
              GridSampling(
                interpolation, surroundings: surroundings, alignsCorners: alignsCorners),
              inputs: ["maps", "grid"])
          ], outputs: ["y"])
        var tensors = SeededTensors(seed: 6)
        try expectAgreement(
          network,
          ["maps": tensors.spaced(maps), "grid": tensors.spaced(grid, in: -2.31...2.17)],
          taps: ["y"])
      }
    }
  }

  /// Protects memory: no coordinate reaches beyond a map, whatever it is.
  @Test(arguments: GridSampling.Surroundings.allCases)
  func takesAnyCoordinate(_ surroundings: GridSampling.Surroundings) throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput("maps", shape: [1, 1, 4], channelAxis: nil),
        NetworkInput("grid", shape: [1, 5, 1], channelAxis: nil),
      ],
      layers: [
        Layer("y", GridSampling(.cubic, surroundings: surroundings), inputs: ["maps", "grid"])
      ], outputs: ["y"])
    let run = try EngineRun(
      network,
      [
        "maps": DoubleTensor(shape: [1, 1, 4], elements: [1, 2, 3, 4]),
        "grid": DoubleTensor(shape: [1, 5, 1], elements: [.infinity, .nan, -1e30, 1e8, -1e8]),
      ], taps: ["y"])
    #expect(run.taps[0].elements.allSatisfy { abs($0) < 6 })
  }
}
