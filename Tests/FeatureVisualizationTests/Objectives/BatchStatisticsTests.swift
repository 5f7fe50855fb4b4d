import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// The statistics of a network's batch normalizations are found in it, belong to what each of them reads, and are followed.
struct BatchStatisticsTests {
  /// A normalization of the input, "conv1" 3×3, "norm1", "act", "conv2" 3×3, "norm2", which reads a value that has another
  /// layer's name.
  private func network() throws -> NeuralNetwork {
    var random = SeededTensors(seed: 4)
    func convolution(_ inputs: Int) -> Convolution {
      Convolution(
        weights: Tensor(random.uniform([4, 3, 3, inputs], in: -0.4...0.4)),
        bias: Tensor(random.uniform([4])), padding: .uniform(1))
    }
    func normalization(_ channels: Int) -> BatchNormalization {
      BatchNormalization(
        scale: Tensor(shape: [channels], repeating: 1),
        shift: Tensor(shape: [channels], repeating: 0),
        mean: Tensor(random.uniform([channels], in: -0.2...0.2)),
        variance: Tensor(random.uniform([channels], in: 0.1...0.5)))
    }
    return try NeuralNetwork(
      layout: .channelsLast,
      inputs: [
        NetworkInput("x", shape: [1, 9, 7, 3], channelAxis: 3, specification: InputSpecification())
      ],
      layers: [
        Layer("norm0", normalization(3), inputs: ["x"]),
        Layer("conv1", convolution(3), inputs: ["norm0"]),
        Layer("norm1", normalization(4), inputs: ["conv1"]),
        Layer("act", Activation(.tanh), inputs: ["norm1"]),
        Layer("conv2", convolution(4), inputs: ["act"], outputs: ["act2"]),
        Layer("norm2", normalization(4), inputs: ["act2"]),
        Layer("act2", Activation(.tanh), inputs: ["norm2"], outputs: ["y"]),
      ], outputs: ["y"])
  }

  @Test func `each normalization is found with what it reads`() throws {
    let network = try network()
    let statistics = try BatchStatistics(of: network)
    #expect(statistics.layers.map(\.weight) == [10, 1])
    #expect(statistics.layers[0].layer == "conv1")
    // The layer "act2" writes something else.
    #expect(try network.layer(statistics.layers[1].layer).name == "conv2")
    for (known, name) in zip(statistics.layers, ["norm1", "norm2"]) {
      let layer = try network.layer(.name(name))
      let normalization = try #require(layer.operation as? BatchNormalization)
      #expect(known.mean == normalization.mean && known.variance == normalization.variance)
    }
    #expect(statistics.objective.terms[0].role == .prior)
  }

  @Test func `the value is that of the activations which the normalization reads`() throws {
    let network = try network()
    var random = SeededTensors(seed: 9)
    let pictures = Tensor(random.uniform([2, 9, 7, 3], in: 0...1))
    for sample in [BatchStatistics.Sample.picture, .batch] {
      let statistics = try BatchStatistics(of: network, firstWeight: 3, over: sample)
      let evaluator = try ObjectiveEvaluator(network, statistics.asObjective, count: 2)
      let found = try evaluator.values(at: pictures)
      var expected: [Double] = [0, 0]
      for known in statistics.layers {
        let activations = DoubleTensor(try network.evaluate(pictures, at: known.layer))
        for picture in 0..<2 {
          let rows = sample == .batch ? 0..<2 : picture..<picture + 1
          let share = Double(known.weight) / (sample == .batch ? 2 : 1)
          expected[picture] += share * distance(activations, rows, known)
        }
      }
      for (value, sum) in zip(found, expected) {
        #expect(abs(Double(-value) - sum) < 1e-4 * sum)
      }
    }
  }

  private func distance(
    _ activations: DoubleTensor, _ pictures: Range<Int>, _ known: BatchStatistics.Known
  ) -> Double {
    let channels = activations.shape.last!
    let count = activations.count / activations.shape[0]
    var (means, variances) = (0.0, 0.0)
    for channel in 0..<channels {
      let values = stride(
        from: pictures.lowerBound * count + channel, to: pictures.upperBound * count, by: channels
      ).map { activations.elements[$0] }
      let mean = values.reduce(0, +) / Double(values.count)
      let variance =
        values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(values.count)
      let (m, v) = (
        mean - Double(known.mean.elements[channel]),
        variance - Double(known.variance.elements[channel])
      )
      means += m * m
      variances += v * v
    }
    return means.squareRoot() + variances.squareRoot()
  }

  @Test(arguments: [BatchStatistics.Sample.picture, .batch])
  func `three steps lower them`(sample: BatchStatistics.Sample) throws {
    let network = try network()
    let drawn = try network.visualizeActivationWithLosses(
      1e-6 * ActivationMaximization(layer: "y") + BatchStatistics(of: network, over: sample),
      preset: .smallSteps(4, rate: 0.02), seeds: [1, 2])
    let totals = drawn.history.map { $0.losses[1].values.reduce(0, +) }
    #expect(zip(totals, totals.dropFirst()).allSatisfy { $0 > $1 }, "\(totals)")
  }

  @Test func `a network without normalizations has no statistics`() throws {
    let plain = try SmoothNetwork.unit.make()
    do {
      _ = try BatchStatistics(of: plain)
      Issue.record("none are there")
    } catch {
      guard case .incompatible = error else {
        Issue.record("\(error)")
        return
      }
    }
  }
}
