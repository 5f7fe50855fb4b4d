import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects three spatial axes: windows over depth, height and width, and what treats every axis alike.
@Suite struct VolumeTests {
  @Test(arguments: convolutions + transposed + poolings + others, TensorLayout.both)
  func agreesWithInterpreter(_ operation: OperationCase, layout: TensorLayout) throws {
    try operation.check(layout)
  }

  static let convolutions = [
    ConvolutionTests.convolution("3×3×3", [2, 4, 6, 5, 3], outputs: 4, kernel: [3, 3, 3]),
    ConvolutionTests.convolution(
      "3×3×3 of Winograd's kind", [1, 5, 14, 12, 8], outputs: 18, kernel: [3, 3, 3],
      padding: .uniform(1, axes: 3)),
    ConvolutionTests.convolution("1×1×1", [2, 3, 4, 5, 6], outputs: 7, kernel: [1, 1, 1]),
    ConvolutionTests.convolution(
      "of slices", [2, 4, 7, 6, 9], outputs: 5, kernel: [1, 3, 3],
      padding: .explicit(before: [0, 1, 1], after: [0, 1, 1])),
    ConvolutionTests.convolution(
      "along the depth", [2, 6, 4, 5, 9], outputs: 5, kernel: [3, 1, 1],
      stride: [2, 1, 1], padding: .explicit(before: [1, 0, 0], after: [2, 0, 0])),
    ConvolutionTests.convolution(
      "in steps, dilated", [1, 9, 11, 10, 4], outputs: 3, kernel: [2, 3, 2], stride: [2, 1, 3],
      dilation: [3, 2, 1], padding: .uniform(2, axes: 3)),
    ConvolutionTests.convolution(
      "SAME, odd cell after", [2, 5, 6, 7, 2], outputs: 3, kernel: [2, 3, 4], stride: [2, 2, 2],
      padding: .sameUpper),
    ConvolutionTests.convolution(
      "SAME, odd cell before", [2, 5, 6, 7, 2], outputs: 3, kernel: [4, 3, 2], stride: [1, 2, 2],
      padding: .sameLower),
    ConvolutionTests.convolution(
      "in groups", [2, 4, 5, 6, 6], outputs: 4, kernel: [3, 3, 2], padding: .uniform(1, axes: 3),
      groups: 2),
    ConvolutionTests.convolution(
      "depthwise", [1, 4, 5, 6, 5], outputs: 10, kernel: [3, 3, 3],
      padding: .uniform(1, axes: 3), groups: 5),
    ConvolutionTests.convolution(
      "of slices, depthwise", [2, 3, 5, 6, 5], outputs: 5, kernel: [1, 3, 3], groups: 5),
    ConvolutionTests.convolution(
      "1×1×1 in steps", [2, 5, 4, 5, 3], outputs: 4, kernel: [1, 1, 1], stride: [2, 2, 2]),
  ]

  static let transposed = [
    TransposedConvolutionTests.transposed(
      "3×3×3, transposed", [2, 3, 4, 3, 3], outputs: 4, kernel: [3, 3, 3]),
    TransposedConvolutionTests.transposed(
      "doubling", [1, 3, 4, 5, 6], outputs: 5, kernel: [2, 2, 2], stride: [2, 2, 2]),
    TransposedConvolutionTests.transposed(
      "in steps, cut, in groups", [2, 4, 3, 4, 4], outputs: 6, kernel: [3, 2, 4],
      stride: [2, 1, 3], dilation: [2, 1, 1], padding: .uniform(1, axes: 3),
      outputPadding: [1, 0, 2], groups: 2),
    TransposedConvolutionTests.transposed(
      "SAME, transposed", [1, 3, 4, 3, 2], outputs: 3, kernel: [4, 3, 5], stride: [2, 2, 1],
      padding: .sameUpper),
    TransposedConvolutionTests.transposed(
      "of stated size", [1, 3, 3, 2, 2], outputs: 2, kernel: [3, 3, 3], stride: [3, 2, 2],
      outputExtents: [11, 4, 5]),
    TransposedConvolutionTests.transposed(
      "of slices, transposed", [2, 3, 4, 3, 3], outputs: 4, kernel: [1, 3, 2], stride: [1, 2, 2]),
    TransposedConvolutionTests.transposed(
      "along the depth, transposed", [2, 3, 4, 3, 3], outputs: 4, kernel: [3, 1, 1],
      stride: [2, 1, 1]),
  ]

  static let poolings: [OperationCase] = {
    let windows: [(String, SlidingWindow, Bool)] = [
      ("2×2×2", SlidingWindow(kernel: [2, 2, 2], stride: [2, 2, 2]), false),
      (
        "hanging over the padding",
        SlidingWindow(kernel: [3, 2, 3], stride: [2, 3, 2], padding: .uniform(1, axes: 3)), true
      ),
      (
        "dilated",
        SlidingWindow(kernel: [2, 3, 2], stride: [1, 1, 2], dilation: [3, 2, 1]), false
      ),
      ("SAME", SlidingWindow(kernel: [3, 3, 2], stride: [2, 2, 1], padding: .sameLower), false),
      ("of slices", SlidingWindow(kernel: [1, 2, 2], stride: [1, 2, 2]), false),
      ("along the depth", SlidingWindow(kernel: [4, 1, 1], stride: [2, 1, 1]), false),
    ]
    let reductions: [Pooling.Reduction] = [
      .maximum, .average(countsPadding: false), .average(countsPadding: true), .norm(p: 2),
      .norm(p: 3),
    ]
    return windows.flatMap { name, window, ceilMode in
      reductions.map { reduction in
        OperationCase("\(reduction), \(name)", [2, 5, 6, 7, 3]) { _ in
          Pooling(reduction, window: window, ceilMode: ceilMode)
        }
      }
    }
  }()

  static let others: [OperationCase] = [
    OperationCase("global mean", [2, 3, 4, 5, 3]) { _ in GlobalPooling(.average) },
    OperationCase("global maximum", [2, 3, 4, 5, 3]) { _ in GlobalPooling(.maximum) },
    OperationCase("batch normalization", [2, 3, 4, 5, 3]) { _ in .normalization(3) },
    OperationCase("group normalization", [2, 3, 4, 5, 6]) { _ in
      GroupNormalization(groups: 2, scale: .weights([6]), shift: .weights([6], seed: 2))
    },
    OperationCase("instance normalization", [2, 3, 4, 5, 6]) { _ in
      GroupNormalization(groups: nil, scale: .weights([6]), shift: .weights([6], seed: 2))
    },
    OperationCase("layer normalization of channels", [2, 3, 4, 5, 6]) { layout in
      LayerNormalization(axes: [layout.axis(4, rank: 5)], epsilon: 1e-3)
    },
    OperationCase("response normalization", [2, 3, 4, 5, 6]) { _ in
      LocalResponseNormalization(size: 3, alpha: 0.5)
    },
    OperationCase("padding", [2, 3, 4, 5, 2]) { layout in
      Pad(
        .reflect, amounts: .constant([1, 2, 3, 2, 1, 0]),
        axes: Array(layout.spatialAxes(rank: 5)))
    },
    OperationCase("linear resizing", [2, 3, 4, 5, 2]) { layout in
      Resize(
        .linear, coordinates: .halfPixel, extent: .scales(.constant([2, 2, 3])),
        axes: Array(layout.spatialAxes(rank: 5)))
    },
    OperationCase("ReLU", [2, 3, 4, 5, 2]) { _ in Activation(.relu) },
  ]

  /// A small network of each kind of layer over volumes, as video classifiers are built.
  static func network(_ layout: TensorLayout) throws -> NeuralNetwork {
    let up = Tensor.weights([18, 2, 2, 2, 4], seed: 7)
    return try NeuralNetwork(
      layout: layout, inputs: [.map("x", [1, 5, 12, 13, 3], layout)],
      layers: [
        Layer(
          "stem",
          Convolution(
            weights: .weights([18, 3, 3, 3, 3], in: -0.3...0.3), bias: .weights([18]),
            stride: [1, 2, 2], padding: .uniform(1, axes: 3)), inputs: ["x"]),
        Layer("normalized", .normalization(18), inputs: ["stem"]),
        Layer("relu", Activation(.relu), inputs: ["normalized"]),
        Layer(
          "branch",
          Convolution(
            weights: .weights([18, 3, 3, 3, 18], seed: 5, in: -0.2...0.2),
            padding: .uniform(1, axes: 3)), inputs: ["relu"]),
        Layer("sum", Arithmetic(.add), inputs: ["branch", "relu"]),
        Layer("rectified", Activation(.relu), inputs: ["sum"]),
        Layer(
          "pool",
          Pooling(.maximum, window: SlidingWindow(kernel: [2, 2, 2], stride: [2, 2, 2])),
          inputs: ["rectified"]),
        Layer(
          "up", TransposedConvolution(weights: up, bias: .weights([4]), stride: [2, 2, 2]),
          inputs: ["pool"]),
        Layer("leaky", Activation(.leakyReLU(slope: 0.1)), inputs: ["up"]),
        Layer("y", GlobalPooling(.average), inputs: ["leaky"]),
      ], outputs: ["y"])
  }

  /// Protects what follows a layer in the same pass: the second step does it, not the first.
  @Test(arguments: TensorLayout.both) func fusesWhatFollows(layout: TensorLayout) throws {
    let network = try Self.network(layout)
    var tensors = SeededTensors(seed: 9)
    let input = tensors.spaced([2, 5, 12, 13, 3])
    try expectAgreement(network, ["x": input], taps: ["y"])
    try expectAgreement(network, ["x": input], taps: ["y", "stem", "branch", "pool", "up"])
  }

  /// Protects maxima under the modifiers that smooth them: an average passes in two steps, another mean is refused.
  @Test(arguments: TensorLayout.both) func smoothsMaxima(layout: TensorLayout) throws {
    let network = try Self.network(layout)
    var tensors = SeededTensors(seed: 9)
    let input = tensors.spaced([1, 5, 12, 13, 3])
    try expectAgreement(
      network, ["x": input], taps: ["y"], rule: .averagedMaxima,
      modifier: SmoothedPooling(smoothing: .average))
    let error = #expect(throws: VisualizationError.self) {
      try Program(
        network, inputShapes: ["x": input.shape], taps: ["y"] as [LayerID],
        options: .init(backpropModifier: SmoothedPooling(smoothing: .contraharmonic)))
    }
    guard case .invalidShape("pool", _, _, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("average"))
  }

  /// Protects memory: the windows that are gathered between count, too.
  @Test func countsWhatIsGathered() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [.map("x", [1, 8, 64, 64, 4], .channelsLast)],
      layers: [
        Layer(
          "y", Convolution(weights: .weights([1, 8, 3, 3, 4]), padding: .uniform(1, axes: 3)),
          inputs: ["x"])
      ], outputs: ["y"])
    #expect(throws: VisualizationError.self) {
      try Program(
        network, inputShapes: ["x": [1, 8, 64, 64, 4]], taps: ["y"] as [LayerID],
        options: .init(memoryLimit: 3 << 20))
    }
    let program = try Program(
      network, inputShapes: ["x": [1, 8, 64, 64, 4]], taps: ["y"] as [LayerID],
      options: .init(memoryLimit: 64 << 20))
    #expect(program.taps[0].shape == [1, 3, 64, 64, 1])
  }
}
