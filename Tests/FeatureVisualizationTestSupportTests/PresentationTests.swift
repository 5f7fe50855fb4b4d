import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects the axis order in which values are handed in and out, which has to be that of `Program`.
@Suite struct PresentationTests {
  /// The same layers in either layout are handed the same tensors and give the same ones.
  @Test func layoutsDoNotShowOnFeatureMaps() throws {
    var source = SeededTensors(seed: 1)
    let picture = source.uniform([2, 5, 6, 3])
    let weights = source.weights(4, 3, 3, 3)
    func values(_ layout: TensorLayout) throws -> [DoubleTensor] {
      let network = try NeuralNetwork(
        layout: layout,
        inputs: [
          NetworkInput(
            "picture", shape: layout == .channelsFirst ? [1, 3, 8, 8] : [1, 8, 8, 3],
            channelAxis: layout.channelAxis(rank: 4))
        ],
        layers: [
          Layer("convolution", Convolution(weights: weights), inputs: ["picture"]),
          Layer("relu", Activation(.relu), inputs: ["convolution"]),
          Layer(
            "joined", Concatenation(axis: layout.channelAxis(rank: 4)), inputs: ["relu", "relu"]),
          Layer(
            "pool", Pooling(.maximum, window: SlidingWindow(kernel: [2, 2])), inputs: ["joined"]),
          Layer("global", GlobalPooling(.average), inputs: ["pool"]),
        ], outputs: ["global"])
      let taps: [LayerID] = ["convolution", "relu", "joined", "pool", "global"]
      let evaluation = try ReferenceInterpreter(network).evaluate(["picture": picture], taps: taps)
      let gradient = try evaluation.gradient(
        of: ["pool": DoubleTensor(shape: [2, 2, 3, 8], repeating: 1)], withRespectTo: "picture")
      return try taps.map { try evaluation.value(of: $0) } + [gradient]
    }
    let first = try values(.channelsFirst)
    #expect(try values(.channelsLast) == first)
    #expect(
      first.map(\.shape) == [
        [2, 3, 4, 4], [2, 3, 4, 4], [2, 3, 4, 8], [2, 2, 3, 8], [2, 1, 1, 8], [2, 5, 6, 3],
      ])
  }

  /// In a channels-first network feature maps are handed out channels last, other values as the file has them.
  @Test(arguments: [
    (Identity() as any LayerOperation, [2, 4, 5, 3]),
    (Activation(.softmax(axis: 1)), [2, 4, 5, 3]),
    (Pad(.edge, amounts: .constant([0, 1]), axes: [3]), [2, 4, 6, 3]),
    (Slice(starts: .constant([1]), ends: .constant([3]), axes: .constant([1])), [2, 4, 5, 2]),
    (Reduction(.mean, axes: [2, 3]), [2, 1, 1, 3]),
    (Reduction(.sum, axes: [0], keepsAxes: false), [3, 4, 5]),
    (Tile(repeats: .constant([1, 2, 1, 1])), [2, 4, 5, 6]),
    (Expand(to: .constant([2, 3, 4, 5])), [2, 4, 5, 3]),
    (Expand(to: .constant([7, 1, 1, 1, 1])), [7, 2, 3, 4, 5]),
    (SpaceToDepth(blockSize: 1), [2, 4, 5, 3]),
    (Reshape(to: [2, 3, 5, 4]), [2, 3, 5, 4]),
    (Flatten(), [2, 60]),
    (Transpose([0, 2, 3, 1]), [2, 4, 5, 3]),
    (Transpose([0, 3, 1, 2]), [2, 5, 3, 4]),
    (Unsqueeze(axes: [0]), [1, 2, 3, 4, 5]),
    (Dense(weights: Tensor(shape: [7, 5])), [2, 3, 4, 7]),
    (Resize(.linear, extent: .sizes(.constant([8]), .stretch), axes: [2]), [2, 8, 5, 3]),
  ])
  func operationsPassFeatureMapsOnOrDoNot(_ operation: any LayerOperation, _ shape: [Int]) throws {
    let single = OperationCase("presentation", operation, inputs: [[2, 4, 5, 3]])
    #expect(try single.outputs().map(\.shape) == [shape])
  }

  /// A value that only looks like a feature map is none, until it is joined with one.
  @Test func onlyDeclaredInputsAreFeatureMaps() throws {
    let plain = OperationCase("plain", Identity(), inputs: [[2, 4, 5, 3]], maps: false)
    #expect(try plain.outputs() == [plain.inputs["input 0"]])
    let network = try NeuralNetwork(
      layout: .channelsFirst,
      inputs: [
        NetworkInput("map", shape: [nil, 3, nil, nil], channelAxis: 1),
        NetworkInput("plain", shape: [nil, 3, 4, 5], channelAxis: nil),
      ],
      layers: [Layer("sum", Arithmetic(.subtract), inputs: ["map", "plain"])], outputs: ["sum"])
    var source = SeededTensors(seed: 1)
    let logical = source.uniform([2, 3, 4, 5])
    let evaluation = try ReferenceInterpreter(network).evaluate(
      ["map": logical.transposed([0, 2, 3, 1]), "plain": logical], taps: ["sum"])
    #expect(try evaluation.value(of: "sum") == DoubleTensor(shape: [2, 4, 5, 3]))
  }

  /// Flattening a channels-first map runs through channels first, whatever the order it is handed in.
  @Test func regroupingSeesTheLogicalOrder() throws {
    let single = OperationCase("flatten", Flatten(), inputs: [[1, 1, 2, 2]])
    let input = DoubleTensor(shape: [1, 1, 2, 2], elements: [1, 10, 2, 20])
    #expect(
      try single.outputs(["input 0": input])
        == [DoubleTensor(shape: [1, 4], elements: [1, 2, 10, 20])])
  }
}
