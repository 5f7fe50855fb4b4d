import FeatureVisualization
import Testing

/// The best picture is the one that comes nearest to what was asked for, regularizers included.
struct RankingTests {
  @Test func `a picture that a regularizer improves is not thrown away for the start`() throws {
    let network = try SmoothNetwork.unit.make()
    // The objective's share is so small that it falls while the regularizer smooths the noise.
    let losses = 0.001 * ActivationMaximization(layer: "dense", units: [1]) + 10 * TotalVariation()
    func draw(_ iterations: Int) throws -> Visualization {
      try network.visualizeActivationWithLosses(
        losses, preset: .smallSteps(iterations), seeds: [4])
    }
    let (start, end) = (try draw(1), try draw(30))
    #expect(largestDifference(start.pictures.elements, end.pictures.elements) > 0.01)
    let totals = end.history.map { $0.total() }
    #expect(try #require(totals.last) < totals[0])
    #expect(!end.warnings.contains(.startIsBest(picture: 0)))
  }

  @Test func `the picture returned has the lowest total of those seen`() throws {
    let network = try SmoothNetwork.unit.make()
    // Steps so long that the total goes up and down.
    let visualization = try network.visualizeActivationWithLosses(
      1 * ActivationMaximization(layer: "dense", units: [1]) + 0.001 * TotalVariation(),
      preset: .smallSteps(25, rate: 4), seeds: [2])
    let lowest = try #require(visualization.history.map { $0.total() }.min())
    let again = try network.visualizeActivationWithLosses(
      1 * ActivationMaximization(layer: "dense", units: [1]) + 0.001 * TotalVariation(),
      preset: .smallSteps(1).with(\.start, .picture(visualization.pictures)))
    #expect(again.history[0].total() <= lowest + 1e-4 * abs(lowest))
  }

  @Test func `a run that never improves says that the start is returned`() throws {
    struct Backwards: Optimizer, OptimizerState {
      var name: String { "Backwards" }
      func start(parameterCount: Int) -> any OptimizerState { self }
      func step(
        _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
      ) {
        for i in parameters.indices { parameters[i] += gradient[i] }
      }
    }
    var preset = Preset.smallSteps(5)
    preset.optimizer = Backwards()
    let visualization = try SmoothNetwork.unit.make().visualizeActivation(
      of: "dense", units: [1], preset: preset)
    #expect(visualization.warnings == [.startIsBest(picture: 0)])
    #expect(visualization.scores[0] == visualization.history[0].objectives[0])
  }

  @Test func `an objective that regularizers hold down is told`() throws {
    let visualization = try SmoothNetwork.unit.make().visualizeActivationWithLosses(
      0.001 * ActivationMaximization(layer: "dense", units: [1]) + 10 * TotalVariation(),
      preset: .smallSteps(20, rate: 0.001))
    let told = visualization.warnings.contains {
      if case .objectiveNotImproved(0, _, _, regularized: true) = $0 { true } else { false }
    }
    #expect(told, "\(visualization.warnings)")
  }

  @Test(arguments: [ActivationFunction.sigmoid, .tanh, .softmax(axis: -1)])
  func `an activation that is flat at the start is told`(function: ActivationFunction) throws {
    func network(bias: Float) throws -> NeuralNetwork {
      try NeuralNetwork(
        layout: .channelsLast,
        inputs: [
          NetworkInput("x", shape: [1, 3], channelAxis: nil, specification: InputSpecification())
        ],
        layers: [
          Layer(
            "y",
            Dense(
              weights: Tensor(shape: [2, 3], repeating: 1),
              bias: Tensor(shape: [2], elements: [bias, 0]), activation: function), inputs: ["x"])
        ], outputs: ["y"])
    }
    func isTold(_ bias: Float, unit: Int = 0) throws -> Bool {
      try network(bias: bias).visualizeActivation(
        of: "y", units: [unit], preset: .smallSteps(1).with(\.size, 1)
      ).warnings.contains {
        if case .saturated("y", _, picture: 0) = $0 { true } else { false }
      }
    }
    #expect(try isTold(-60))
    #expect(try !isTold(-1))
  }
}
