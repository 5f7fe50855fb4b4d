import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects networks that are written down as lists of layers: what they compute, and what they are called.
@Suite struct SequentialTests {
  /// Everything that a list of layers over pictures may hold.
  private static let layers: [LayerDefinition] = [
    .padding(1), .convolution(6, kernel: 3, stride: 2, padding: .same), .batchNormalization,
    .activation(.relu), .dropout(0.5),
    .depthwiseConvolution(kernel: [3, 1], multiplier: 2, padding: 1, activation: .tanh),
    .convolution(
      8, kernel: 3, dilation: [1, 2], padding: .cells([1, 2]), groups: 4,
      activation: .leakyReLU(slope: 0.2)),
    .layerNormalization(epsilon: 0.1), .maximumPooling(3, stride: 1, padding: .same),
    .transposedConvolution(6, kernel: 3, stride: 2, padding: .same, outputPadding: 0),
    .averagePooling(2, padding: 1, countsPadding: true, ceilMode: true),
    .groupNormalization(groups: 2, epsilon: 0.1), .upsampling(2),
    .upsampling([1, 2], interpolation: .linear), .resizing(to: [6, 5]),
    .padding([1, 0], mode: .reflect), .operation(LocalResponseNormalization(size: 3)),
    .convolution(4, kernel: 1, bias: false, activation: .gelu(approximate: false)),
    .reshape(to: [5, 8, 4]), .flatten, .dense(7, activation: .silu), .dense(5), .softmax,
  ]

  /// Protects every kind of layer, in either axis order, with the interpreter as the judge.
  @Test(arguments: TensorLayout.both)
  func `computes what its layers say`(layout: TensorLayout) throws {
    let network = try NeuralNetwork.sequential(
      .picture(height: 11, width: 9), seed: 3, layout: layout, Self.layers)
    var tensors = SeededTensors(seed: 1)
    let picture = tensors.uniform([2, 11, 9, 3])
    try expectAgreement(
      network, ["input": picture], taps: network.layers.map { .name($0.name) }, tolerance: 2e-5)
  }

  @Test(arguments: TensorLayout.both)
  func `computes over signals`(layout: TensorLayout) throws {
    let network = try NeuralNetwork.sequential(
      .signal(length: 40, channels: 2, name: "signal"), seed: 3, layout: layout,
      [
        .convolution(6, kernel: 5, stride: 2, activation: .relu), .maximumPooling(2),
        .transposedConvolution(4, kernel: 4, stride: 2), .convolution(8, kernel: 3, padding: 1),
        .globalMaximumPooling, .dense(3),
      ])
    #expect(
      network.layers.map(\.name) == [
        "conv1d", "max_pooling1d", "conv1d_transpose", "conv1d_1", "global_max_pooling1d", "dense",
      ])
    var tensors = SeededTensors(seed: 1)
    let signal = tensors.uniform([2, 40, 2])
    try expectAgreement(network, ["signal": signal], taps: ["conv1d_1", "dense"])
  }

  @Test func `layers are called as Keras calls them`() throws {
    let network = try NeuralNetwork.sequential(
      .picture(height: 11, width: 9), seed: 3, Self.layers)
    #expect(
      network.layers.map(\.name) == [
        "zero_padding2d", "conv2d", "batch_normalization", "activation", "depthwise_conv2d",
        "conv2d_1", "layer_normalization", "max_pooling2d", "conv2d_transpose",
        "average_pooling2d", "group_normalization", "up_sampling2d", "up_sampling2d_1", "resizing",
        "zero_padding2d_1", "local_response_normalization", "conv2d_2", "reshape", "flatten",
        "dense", "dense_1", "softmax",
      ])
    let own = try NeuralNetwork.sequential(
      .vector(4), [.dense(3, name: "dense"), .dense(3), .dense(2, name: "dense_2"), .dense(2)])
    #expect(own.layers.map(\.name) == ["dense", "dense_1", "dense_2", "dense_3"])
  }

  @Test func `input, preprocessing, labels and output are in one place`() throws {
    let gray = try InputSpecification(channelOrder: .gray, valueRange: -1...1)
    let network = try NeuralNetwork.sequential(
      .picture(height: 8, width: 6, specification: gray, name: "photo"), labels: ["cat", "dog"],
      [.convolution(4, kernel: 3), .globalAveragePooling, .dense(2, name: "logits")])
    #expect(network.inputs[0].name == "photo")
    #expect(network.inputs[0].presentedShape == [nil, 8, 6, 1])
    #expect(network.inputs[0].specification == gray)
    #expect(network.outputs == ["logits"])
    #expect(network.labels == ["cat", "dog"])
  }

  @Test func `inputs have the axes that they say`() throws {
    func input(_ definition: InputDefinition, _ layout: TensorLayout) throws -> NetworkInput {
      try NeuralNetwork.sequential(definition, layout: layout, [.activation(.relu)]).inputs[0]
    }
    #expect(try input(.picture(), .channelsFirst).shape == [nil, 3, nil, nil])
    #expect(try input(.picture(), .channelsFirst).channelAxis == 1)
    #expect(try input(.picture(), .channelsLast).specification == InputSpecification())
    #expect(try input(.map(height: 4, channels: 40), .channelsLast).shape == [nil, 4, nil, 40])
    #expect(try input(.map(height: 4, channels: 40), .channelsLast).specification == nil)
    #expect(try input(.signal(length: 9), .channelsFirst).shape == [nil, 1, 9])
    #expect(try input(.vector(5), .channelsFirst).shape == [nil, 5])
    #expect(try input(.tensor([28, 28]), .channelsLast).shape == [nil, 28, 28])
    #expect(try input(.tensor([28, 28]), .channelsLast).channelAxis == nil)
  }

  /// Protects networks for pictures of any size.
  @Test func `extents may be free`() throws {
    let network = try NeuralNetwork.sequential(
      .picture(), seed: 1,
      [
        .convolution(4, kernel: 3, stride: 2, activation: .relu), .maximumPooling(2),
        .globalAveragePooling, .dense(3, name: "logits"),
      ])
    var tensors = SeededTensors(seed: 1)
    for (height, width) in [(16, 12), (9, 31)] {
      let picture = tensors.uniform([1, height, width, 3])
      try expectAgreement(network, ["input": picture], taps: ["logits"])
    }
    let resized = try NeuralNetwork.sequential(
      .picture(), [.resizing(to: 4), .flatten, .dense(3, name: "logits")])
    #expect(resized.layers[2].operation.parameters[0].values.count == 3 * 4 * 4 * 3)
  }
}
