import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects rules that see a whole picture, and smoothed maxima: wherever pictures lie, in batches, over padding, in
/// slices and sums.
@Suite struct WholePictureTests {
  /// Activations of values of which the pictures lie along the first axis, another one, and together with positions.
  static let arrangements: [BatchCase] = [
    .layers("first axis", [1, 5, 6]) { [Layer("y", Activation(.tanh), inputs: ["x"])] },
    .layers("second axis", [1, 5, 6]) {
      [
        Layer("turned", Transpose([1, 0, 2]), inputs: ["x"]),
        Layer("tanh", Activation(.tanh), inputs: ["turned"]),
        Layer("y", Transpose([1, 0, 2]), inputs: ["tanh"]),
      ]
    },
    .layers("counted with positions", [1, 5, 6]) {
      [
        Layer("rows", Reshape(to: [-1, 6]), inputs: ["x"]),
        Layer("tanh", Activation(.tanh), inputs: ["rows"]),
        Layer("y", Reshape(to: [-1, 6, 5]), inputs: ["tanh"]),
      ]
    },
    .layers("fused by the file", [1, 6]) {
      [
        Layer(
          "y", Dense(weights: .weights([7, 6]), bias: .weights([7]), activation: .relu),
          inputs: ["x"])
      ]
    },
  ]

  @Test(arguments: arrangements)
  func seesOnePictureAtATime(example: BatchCase) throws {
    let comparison = try BatchComparison(
      try example.network(), shapes: ["x": example.input], taps: example.taps,
      options: .init(backpropModifier: SignBackprop()))
    for batch in [2, 3, 7] {
      let differences = try comparison.differences(batch: batch)
      #expect(differences.isEmpty, "\(differences)")
    }
  }

  /// Protects that a picture is all of it: one largest gradient, whatever the layer's size.
  @Test(arguments: TensorLayout.both)
  func seesAllOfAPicture(layout: TensorLayout) throws {
    let shape = [2, 40, 36, 16]
    let network = try NeuralNetwork(
      layout: layout, inputs: [.map("x", shape, layout)],
      layers: [Layer("y", Activation(.relu), inputs: ["x"])], outputs: ["y"])
    let workspace = try Workspace(
      try Program(
        network, inputShapes: ["x": shape], taps: ["y"] as [LayerID],
        options: .init(backpropModifier: SignBackprop())))
    workspace.setInput("x", to: Tensor(shape: shape, repeating: 1))
    workspace.forward()
    let size = shape.dropFirst().reduce(1, *)
    workspace.withTapGradient(0) { gradient in
      for i in gradient.indices { gradient[i] = i % 2 == 0 ? 0.25 : -0.5 }
      gradient[size / 2] = 3
      gradient[2 * size - 1] = -4
    }
    workspace.pullback()
    let result = workspace.inputGradient("x").elements
    for i in result.indices {
      let largest: Float = i < size ? 3 : 4
      let isPositive = i % 2 == 0
      #expect(result[i] == (isPositive ? largest : -largest), "element \(i)")
      guard result[i] == (isPositive ? largest : -largest) else { return }
    }
  }

  /// Protects the redirected gradient of pictures of which all units are silent, beside others in a batch.
  @Test(arguments: [ActivationFunction.relu, .relu6])
  func redirectedAgreesWithTheInterpreter(function: ActivationFunction) throws {
    let network = try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", [4, 8, 7, 3], .channelsFirst)],
      layers: [
        Layer("conv", .convolution(3, 6, kernel: 3), inputs: ["x"]),
        Layer("relu", Activation(function), inputs: ["conv"]),
        Layer("next", .convolution(6, 4, kernel: 3, stride: 2, seed: 5), inputs: ["relu"]),
        Layer("y", Activation(function), inputs: ["next"]),
      ], outputs: ["y"])
    var tensors = SeededTensors(seed: 12)
    var input = tensors.uniform([4, 8, 7, 3])
    let size = input.elements.count / 4
    // Far from zero all units of a layer are closed, or at their limit, over most of a picture.
    for (picture, factor) in [(1, 300.0), (2, -300)] {
      for i in picture * size..<(picture + 1) * size { input.elements[i] = factor }
    }
    try expectAgreement(
      network, ["x": input], taps: ["y"], tolerance: 1e-4, rule: .redirected,
      modifier: RedirectedBackprop())
    try expectAgreement(
      network, ["x": input], taps: ["relu"], tolerance: 1e-4, rule: .redirected,
      modifier: RedirectedBackprop())
  }

  /// Protects smoothed maxima over padding and overhanging windows, in slices of a concatenation, of values that are
  /// read twice, and of whole maps.
  @Test(arguments: PoolingSmoothing.allCases, TensorLayout.both)
  func smoothedMaximaAgreeWithTheInterpreter(smoothing: PoolingSmoothing, layout: TensorLayout)
    throws
  {
    let padded = Pooling(
      .maximum,
      window: SlidingWindow(kernel: [3, 3], stride: [2, 2], padding: .uniform(1)), ceilMode: true)
    let shape = [3, 11, 9, 20]
    let network = try NeuralNetwork(
      layout: layout, inputs: [.map("x", shape, layout)],
      layers: [
        Layer("conv", .convolution(20, 20, kernel: 3), inputs: ["x"]),
        Layer("relu", Activation(.relu), inputs: ["conv"]),
        Layer("left", padded, inputs: ["relu"]),
        Layer("right", padded, inputs: ["x"]),
        Layer("both", Concatenation(axis: layout.axis(3)), inputs: ["left", "right"]),
        Layer("wide", .pooling(.maximum, 3), inputs: ["both"]),
        Layer("largest", GlobalPooling(.maximum), inputs: ["both"]),
        Layer("y", Arithmetic(.multiply), inputs: ["wide", "largest"]),
      ], outputs: ["y"])
    var tensors = SeededTensors(seed: 6)
    try expectAgreement(
      network, ["x": tensors.uniform(shape)], taps: ["y", "both"], tolerance: 2e-5,
      rule: smoothing == .average ? .averagedMaxima : .contraharmonicMaxima,
      modifier: SmoothedPooling(smoothing: smoothing))
  }
}
