import FeatureVisualization
import FeatureVisualizationTestSupport
import Testing

/// Inputs of channels that are neither colours nor grey: recipes serve them, and pictures of them can be shown.
struct ChannelTests {
  static let bands: InputSpecification.ChannelOrder = .named([
    InputChannel("B2", color: .blue), InputChannel("B3", color: .green),
    InputChannel("B4", color: .red), "B8",
  ])

  /// tanh of a 3×3 convolution, of maps of any size.
  static func network(_ order: InputSpecification.ChannelOrder) throws -> NeuralNetwork {
    let count = order.channelCount
    let specification = try InputSpecification(
      channelOrder: order, mean: (0..<count).map { Float($0) / 10 }, standardDeviation: [0.5])
    var random = SeededTensors(seed: 3)
    return try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput(
          "x", shape: [nil, count, 12, 12], channelAxis: 1, specification: specification)
      ],
      layers: [
        Layer(
          "y",
          Convolution(
            weights: Tensor(random.uniform([3, 3, 3, count], in: -0.2...0.2)),
            padding: .uniform(1), activation: .tanh), inputs: ["x"])
      ], outputs: ["y"])
  }

  /// Protects recipes made for colours: all but those of ImageNet's colours raise a unit of four and of forty channels.
  @Test(arguments: [bands, .unnamed(40), .unnamed(2)])
  func `every recipe that can serves any channels`(order: InputSpecification.ChannelOrder) throws {
    let network = try Self.network(order)
    for preset in try Preset.all {
      var preset = preset
      (preset.iterations, preset.crop) = (min(preset.iterations, 6), 0)
      preset.canvas = nil
      guard !preset.isForColors else {
        #expect(throws: VisualizationError.self) {
          try network.visualizeActivation(of: "y", units: [1], preset: preset)
        }
        continue
      }
      (preset.side, preset.border) = (nil, 0)
      let drawn = try network.visualizeActivation(of: "y", units: [1], preset: preset)
      #expect(drawn.pictures.shape == [1, 12, 12, order.channelCount])
      #expect(drawn.pictures.elements.allSatisfy { (0...1).contains($0) })
      let map = try network.evaluate(drawn.pictures, at: "y")
      let mean = stride(from: 1, to: map.count, by: 3).reduce(0) { $0 + map.elements[$1] } / 144
      #expect(abs(mean - drawn.scores[0]) < 1e-4, "\(preset.name)")
    }
  }

  /// Protects the order of channels: the picture's are the input's own, each with its own mean.
  @Test func `pictures have the input's channels`() throws {
    let network = try Self.network(Self.bands)
    var picture = Tensor(shape: [1, 12, 12, 4], repeating: 0.25)
    picture.withUnsafeMutableBufferPointer { for i in $0.indices { $0[i] = Float(i % 4) / 4 } }
    let program = try Program(network, inputShapes: ["x": [1, 12, 12, 4]], taps: ["y"])
    let workspace = try Workspace(program)
    workspace.setInput(
      "x",
      to: Tensor(
        shape: [1, 12, 12, 4],
        elements: picture.elements.enumerated().map { ($1 - Float($0 % 4) / 10) / 0.5 }))
    workspace.forward()
    let found = try network.evaluate(picture, at: "y").elements
    #expect(largestDifference(found, workspace.tap(0).elements) < 1e-6)
  }

  @Test func `chosen channels, colours and names that do not exist`() throws {
    let pictures = Tensor(shape: [1, 1, 2, 4], elements: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
    let view = ChannelView(Self.bands.channels)
    #expect(
      try view.pictures(pictures, showing: ["B8", "B2", "B4"]).elements
        == [0.4, 0.1, 0.3, 0.8, 0.5, 0.7])
    #expect(try view.pictures(pictures, showing: ["B3"]).elements == [0.2, 0.6])
    #expect(
      try view.picturesInColors(pictures).elements == [0.3, 0.2, 0.1, 0.7, 0.6, 0.5])
    for (names, words) in [
      (["B5"], "did you mean 'B2'"), (["infrared"], "there is 'B2', 'B3', 'B4', 'B8'"),
      (["B2", "B3"], "say three"), ([], "say three"),
    ] {
      let error = #expect(throws: VisualizationError.self) {
        try view.pictures(pictures, showing: names)
      }
      #expect("\(String(describing: error))".contains(words))
    }
    #expect(throws: VisualizationError.self) {
      try ChannelView(["a", "b"]).picturesInColors(Tensor(shape: [1, 1, 1, 2]))
    }
    #expect(throws: VisualizationError.self) {
      try view.pictures(Tensor(shape: [1, 1, 2, 3]), showing: ["B2"])
    }
  }

  @Test func `what colours cannot mean is an error that says what to do`() throws {
    let network = try Self.network(Self.bands)
    func reason(_ body: () throws -> Void) -> String {
      let error = #expect(throws: VisualizationError.self) { try body() }
      return error.map { "\($0)" } ?? ""
    }
    func draw(_ change: (inout Preset) throws -> Void) throws {
      var preset = Preset.smallSteps(1)
      try change(&preset)
      _ = try network.visualizeActivation(of: "y", units: [0], preset: preset)
    }
    let basis = try ColorDecorrelation(covariance: [2, 0, 0, 0, 1, 0, 0, 0, 1])
    #expect(
      reason { try draw { $0.parameterization = Fourier(colors: basis) } }
        .contains("a covariance of 4 channels"))
    #expect(
      reason {
        try draw {
          $0.regularizers = 1 * TotalVariation(space: .imageNetStandardized)
        }
      }.contains("ImageNet"))
    #expect(
      reason { try draw { $0.parameterization = Grayscale(of: Fourier()) } }
        .contains("these are none"))
    #expect(
      reason { try draw { $0.inputModifiers = [.overBackground()] } }.contains("no opacity"))
    #expect(
      reason { try draw { $0.gradModifier = .masked(by: Tensor(shape: [1, 11, 12, 1])) } }
        .contains("[1, 12, 12, 1]"))
    let photo = Tensor(shape: [1, 12, 12, 3])
    #expect(
      reason {
        try draw {
          $0.parameterization = MaskedPicture(
            Fourier(), mask: Tensor(shape: [1, 12, 12, 1]), photo: photo)
        }
      }.contains("12×12×4"))
    #expect(reason { _ = try network.evaluate(photo, at: "y") }.contains("[N, H, W, 4]"))
    // Three channels of other meaning are no colours either.
    let other = try Self.network(.named(["VV", "VH", "height"]))
    #expect(throws: VisualizationError.self) {
      try other.visualizeActivation(of: "y", units: [0], preset: .actMaxUtil)
    }
  }

  /// Protects a basis of one's own for channels that are no colours, and an opacity behind them.
  @Test func `spectra of any channels have the right gradient`() throws {
    let covariance: [Float] = [2, 0.5, 0, 0, 0.5, 1, 0.2, 0, 0, 0.2, 3, 0, 0, 0, 0, 1]
    let size = PictureSize(height: 4, width: 5, channels: 4)
    let specification = try InputSpecification(channelOrder: Self.bands)
    try GradientCheck.check(Fourier(), size: size, for: specification)
    try GradientCheck.check(
      Fourier(colors: try ColorDecorrelation(covariance: covariance)), size: size,
      for: specification)
    try GradientCheck.check(
      Fourier(hasOpacity: true), size: PictureSize(height: 4, width: 5, channels: 5),
      for: specification)
  }
}
