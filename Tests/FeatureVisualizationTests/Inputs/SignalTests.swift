import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

@testable import FeatureVisualization

/// Signals, `[N, L, C]`, are pictures of one row: nothing changes or needs the axis that they do not have.
struct SignalTests {
  /// tanh of a convolution along 32 places of two channels, and the mean over the places.
  static func network(_ layout: TensorLayout, length: Int? = 32) throws -> NeuralNetwork {
    var random = SeededTensors(seed: 5)
    let isFirst = layout == .channelsFirst
    return try NeuralNetwork(
      layout: layout,
      inputs: [
        NetworkInput(
          "x", shape: isFirst ? [nil, 2, length] : [nil, length, 2], channelAxis: isFirst ? 1 : 2,
          specification: try InputSpecification(
            channelOrder: .named(["left", "right"]), valueRange: -1...1, mean: [0.1, -0.2]))
      ],
      layers: [
        Layer(
          "c",
          Convolution(
            weights: Tensor(random.uniform([3, 5, 2], in: -0.4...0.4)), stride: [1],
            dilation: [1], padding: .explicit(before: [2], after: [2]), activation: .tanh),
          inputs: ["x"])
      ], outputs: ["c"])
  }

  @Test(arguments: [TensorLayout.channelsLast, .channelsFirst])
  func `every recipe that can draws a signal`(layout: TensorLayout) throws {
    let network = try Self.network(layout)
    for preset in try Preset.all where !preset.isForColors {
      var preset = preset
      preset.canvas = nil
      (preset.iterations, preset.crop) = (min(preset.iterations, 6), 0)
      let drawn = try network.visualizeActivation(of: "c", units: [1], preset: preset)
      #expect(drawn.pictures.shape == [1, 1, 32, 2])
      let map = try network.evaluate(drawn.pictures, at: "c")
      #expect(map.shape == [1, 32, 3])
      #expect(map == (try network.evaluate(drawn.pictures.reshaped(to: [1, 32, 2]), at: "c")))
      let border = preset.border
      let mean =
        (border..<32 - border).reduce(0) { $0 + map.elements[3 * $1 + 1] }
        / Float(32 - 2 * border)
      #expect(abs(mean - drawn.scores[0]) < 1e-4, "\(preset.name)")
    }
  }

  /// Protects layouts: the same network in either draws the same.
  @Test func `channels first and last are the same signal`() throws {
    let signal = Tensor(shape: [1, 32, 2], elements: (0..<64).map { Float($0 * 37 % 64) / 64 })
    let evaluations = try [TensorLayout.channelsLast, .channelsFirst].map { layout in
      try ObjectiveEvaluator(
        Self.network(layout), ActivationMaximization(layer: "c", units: [0], at: .center)
      ).evaluate(at: signal)
    }
    #expect(evaluations[0].gradient.shape == [1, 32, 2])
    #expect(
      largestDifference(evaluations[0].gradient.elements, evaluations[1].gradient.elements) < 1e-6)
    #expect(abs(evaluations[0].values[0] - evaluations[1].values[0]) < 1e-6)
    // The neuron in the middle sees five places.
    let seen = evaluations[0].gradient.elements.indices.filter {
      evaluations[0].gradient.elements[$0] != 0
    }
    #expect(seen == Array(2 * 14..<2 * 19))
  }

  @Test func `lengths are asked for, and others are refused`() throws {
    let free = try Self.network(.channelsLast, length: nil)
    #expect(throws: VisualizationError.missingSize(input: "x")) {
      try free.visualizeActivation(of: "c", units: [0], preset: .kerasIO)
    }
    for size in [InputSize(20), InputSize(height: 1, width: 20)] {
      let drawn = try free.visualizeActivation(
        of: "c", units: [0], preset: .smallSteps(1).with(\.size, size))
      #expect(drawn.pictures.shape == [1, 1, 20, 2])
    }
    #expect(throws: VisualizationError.self) {
      try free.visualizeActivation(
        of: "c", units: [0], preset: .smallSteps(1).with(\.size, InputSize(height: 4, width: 20)))
    }
    let network = try Self.network(.channelsLast)
    for shape in [[1, 31, 2], [1, 1, 31, 2], [1, 32, 3], [32, 2], [1, 2, 32, 2]] {
      #expect(throws: VisualizationError.self) {
        try network.visualizeActivation(
          of: "c", units: [0], preset: .smallSteps(1).with(\.start, .picture(Tensor(shape: shape))))
      }
    }
    #expect(throws: VisualizationError.self) {
      try network.evaluate(Tensor(shape: [1, 32, 3]), at: "c")
    }
  }

  @Test(
    arguments: [
      .jitter(3), .jitter(share: 0.4), .randomCrop(2), .padding(2, brightness: 0.3),
      .randomScale([0.6, 0.9, 1.1, 1.7]), .randomScale(.uniform(0.7...1.4), isPerAxis: true),
      .padding(3, .mirrored), .padding(share: 0.5, .symmetric), .flip, .randomBlur(), .noise(0.1),
      .colorShift, .boxCrop(side: .uniform(0.2...0.9)),
    ] as [any InputModifier],
    [
      PictureSize(height: 1, width: 9, channels: 2), PictureSize(height: 8, width: 1, channels: 1),
    ])
  func `transformations leave an axis of one pixel alone`(
    modifier: any InputModifier, size: PictureSize
  ) throws {
    let report = try GradientCheck.check(modifier, size: size)
    #expect(report.largestError < 1e-4)
    var generator = SeededGenerator(seed: 1)
    for iteration in 0..<8 {
      let drawn = modifier.draw(
        for: size, at: Moment(iteration: iteration, of: 8), using: &generator)
      guard let output = drawn?.outputSize else { continue }
      #expect(size.height == 1 ? output.height == 1 : output.width == 1)
    }
  }

  @Test func `a single pixel, and a turned signal, stay as they are`() {
    var generator = SeededGenerator(seed: 1)
    let moment = Moment(iteration: 0, of: 1)
    let signal = PictureSize(height: 1, width: 9, channels: 2)
    let pixel = PictureSize(height: 1, width: 1, channels: 6)
    #expect(
      RandomRotation(degrees: [30]).draw(for: signal, at: moment, using: &generator) == nil)
    for modifier in Preset.lucid.inputModifiers {
      if let drawn = modifier.draw(for: pixel, at: moment, using: &generator) {
        #expect(drawn.transformed([1, 2, 3, 4, 5, 6]) == [1, 2, 3, 4, 5, 6])
      }
    }
  }

  /// Protects spectra of one row, one column and one pixel, and pictures carried over to other lengths.
  @Test(arguments: [
    PictureSize(height: 1, width: 8, channels: 2), PictureSize(height: 7, width: 1, channels: 1),
    PictureSize(height: 1, width: 1, channels: 5),
  ])
  func `spectra have the right gradient`(size: PictureSize) throws {
    try GradientCheck.check(Fourier(), size: size)
  }

  @Test func `a blur of a signal is a blur along it`() {
    let size = PictureSize(height: 1, width: 6, channels: 1)
    var wide: [Float] = [0, 0, 1, 0, 0, 0]
    var span = wide.mutableSpan
    GaussianBlur(sigma: 1).blur(&span, size)
    #expect(abs(wide.reduce(0, +) - 1) < 1e-6 && wide[2] < 0.5)
    var high: [Float] = [0, 0, 1, 0, 0, 0]
    var other = high.mutableSpan
    GaussianBlur(sigma: 1).blur(&other, PictureSize(height: 6, width: 1, channels: 1))
    #expect(wide == high)
  }

  @Test func `the variation of a signal is that between neighbours`() throws {
    let network = try Self.network(.channelsLast)
    let signal = Tensor(shape: [1, 32, 2], elements: (0..<64).map { Float($0 * 37 % 64) / 64 })
    let values = try ObjectiveEvaluator(
      network,
      -1 * TotalVariation(beta: 2, space: .unit).asObjective
        + 0 * ActivationMaximization(layer: "c")
    ).values(at: signal)
    let expected = (0..<62).reduce(Float(0)) { sum, index in
      let step = signal.elements[index + 2] - signal.elements[index]
      return sum + step * step
    }
    #expect(abs(abs(values[0]) - expected / 64) < 1e-4)
  }
}
