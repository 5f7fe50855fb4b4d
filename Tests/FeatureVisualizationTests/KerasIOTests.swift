import FeatureVisualization
import Testing

/// keras.io's border, crop and side, each where it can work.
struct KerasIOTests {
  /// 3×3 convolutions of any size, declared for 32×32 pictures.
  private func network() throws -> NeuralNetwork {
    let weights = Tensor(
      shape: [2, 3, 3, 3], elements: (0..<54).map { Float(($0 * 37) % 54) / 54 - 0.5 })
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput(
          "x", shape: [1, 32, 32, 3], channelAxis: 3,
          specification: InputSpecification(valueRange: -1...1))
      ],
      layers: [
        Layer(
          "map", Convolution(weights: weights, padding: .uniform(1), activation: .tanh),
          inputs: ["x"])
      ], outputs: ["map"])
  }

  private func filterMean(_ map: Tensor, unit: Int, border: Int) -> Float {
    let (height, width) = (map.shape[1], map.shape[2])
    var sum: Float = 0
    for y in border..<(height - border) {
      for x in border..<(width - border) { sum += map[0, y, x, unit] }
    }
    return sum / Float((height - 2 * border) * (width - 2 * border))
  }

  @Test func `pictures are drawn at 180 and lose 25 on each side, then are scored`() throws {
    let network = try network()
    let visualization = try network.visualizeActivation(
      of: "map", units: [1], preset: .kerasIO, iterations: 3)
    #expect(visualization.pictures.shape == [1, 130, 130, 3])
    #expect(visualization.raw?.pixels.shape == [1, 180, 180, 3])
    #expect(visualization.warnings.isEmpty)
    let map = try network.evaluate(visualization.pictures, at: "map")
    #expect(abs(filterMean(map, unit: 1, border: 2) - visualization.scores[0]) < 1e-4)
  }

  @Test func `nothing is cut off from the picture of a neuron`() throws {
    let network = try network()
    let visualization = try network.visualizeActivation(
      of: "map", units: [1], at: .cell(row: 0, column: 70), preset: .kerasIO, iterations: 3)
    #expect(visualization.pictures.shape == [1, 180, 180, 3])
    let map = try network.evaluate(visualization.pictures, at: "map")
    #expect(abs(map[0, 0, 70, 1] - visualization.scores[0]) < 1e-4)
  }

  @Test func `the cells of the border do not count`() throws {
    let network = try network()
    let start = Tensor(
      shape: [1, 32, 32, 3], elements: (0..<3072).map { Float($0 % 61) / 60 })
    let visualization = try network.visualizeActivation(
      of: "map", units: [0], preset: .kerasIO.with(\.size, 32).with(\.start, .picture(start)),
      iterations: 1)
    let map = try network.evaluate(start, at: "map")
    let objective = visualization.history[0].objectives[0]
    #expect(abs(filterMean(map, unit: 0, border: 2) - objective) < 1e-4)
    #expect(abs(filterMean(map, unit: 0, border: 0) - objective) > 1e-4)
  }

  @Test func `a picture too small to crop is kept whole, and that is told`() throws {
    let network = try network()
    for side in [32, 50, 53] {
      let visualization = try network.visualizeActivation(
        of: "map", units: [0], preset: .kerasIO.with(\.size, InputSize(side)), iterations: 1)
      #expect(visualization.pictures.shape == [1, side, side, 3])
      #expect(visualization.warnings == [.cropSkipped(pixels: 25)])
      #expect(visualization.scores[0].isFinite)
    }
  }

  @Test func `a layer that needs the declared size gets it`() throws {
    let visualization = try SmoothNetwork.symmetric.make().visualizeActivation(
      of: "dense", units: [1], preset: .kerasIO, iterations: 2)
    #expect(visualization.pictures.shape == [1, 14, 14, 3])
    #expect(visualization.warnings == [.cropSkipped(pixels: 25)])
  }
}
