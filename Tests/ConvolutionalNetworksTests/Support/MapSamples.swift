import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// A network from a map "x" to a map "y"; between them, all samples have every way in which a position depends on
/// others.
struct MapSample: Sendable, CustomTestStringConvertible {
  let name: String
  /// As tensors are handed in, `[N, H, W, C]`.
  let input: [Int]
  let layers: @Sendable (TensorLayout) -> [Layer]

  init(
    _ name: String, _ input: [Int] = [2, 23, 18, 6],
    layers: @escaping @Sendable (TensorLayout) -> [Layer]
  ) {
    self.name = name
    self.input = input
    self.layers = layers
  }

  var testDescription: String { name }

  func network(_ layout: TensorLayout) throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: layout, inputs: [.map("x", input, layout)], layers: layers(layout), outputs: ["y"])
  }

  func tensors() -> [String: DoubleTensor] {
    var tensors = SeededTensors(seed: 4)
    return ["x": tensors.spaced(input)]
  }

  static func window(
    _ kernel: [Int], stride: [Int] = [1, 1], dilation: [Int] = [1, 1], _ padding: Padding
  ) -> SlidingWindow {
    SlidingWindow(kernel: kernel, stride: stride, dilation: dilation, padding: padding)
  }

  static func convolution(
    _ inputs: Int, _ outputs: Int, _ window: SlidingWindow, seed: UInt64 = 1
  ) -> Convolution {
    Convolution(
      weights: .weights([outputs] + window.kernel + [inputs], seed: seed, in: -0.4...0.4),
      bias: .weights([outputs], seed: seed), stride: window.stride, dilation: window.dilation,
      padding: window.padding)
  }

  /// Samples whose "y" depends on a part of "x" at most positions.
  static let local: [MapSample] = [
    MapSample("strides and dilations", [2, 41, 37, 3]) { _ in
      [
        Layer("c1", .convolution(3, 8, kernel: 7, stride: 2), inputs: ["x"]),
        Layer("r1", Activation(.relu), inputs: ["c1"]),
        Layer("p1", .pooling(.maximum, 3), inputs: ["r1"]),
        Layer("c2", .convolution(8, 12, kernel: 3), inputs: ["p1"]),
        Layer("bn", .normalization(12), inputs: ["c2"]),
        Layer("r2", Activation(.relu6), inputs: ["bn"]),
        Layer(
          "y", convolution(12, 4, window([3, 3], dilation: [2, 1], .uniform(2)), seed: 3),
          inputs: ["r2"]),
      ]
    },
    MapSample("asymmetric and same padding") { _ in
      let explicit = Padding.explicit(before: [2, 0], after: [1, 3])
      return [
        Layer("a", convolution(6, 8, window([4, 3], stride: [1, 2], explicit)), inputs: ["x"]),
        Layer("b", convolution(8, 8, window([3, 4], stride: [2, 1], .sameUpper)), inputs: ["a"]),
        Layer("t", Activation(.tanh), inputs: ["b"]),
        Layer(
          "y", convolution(8, 5, window([2, 4], .sameLower), seed: 2), inputs: ["t"]),
      ]
    },
    MapSample("windows further apart than they reach") { _ in
      [
        Layer("a", convolution(6, 8, window([1, 2], stride: [3, 3], .none())), inputs: ["x"]),
        Layer(
          "y", Pooling(.maximum, window: window([2, 2], .none())), inputs: ["a"]),
      ]
    },
    MapSample("quantized maps") { layout in
      let channels = layout.channelAxis(rank: 4)
      return [
        Layer("q", Quantization(QuantizationGrid(scale: 0.013), range: -70...80), inputs: ["x"]),
        Layer("c", .convolution(6, 8, kernel: 3), inputs: ["q"]),
        Layer(
          "i",
          Quantization(
            QuantizationGrid(scale: .weights([8], in: 0.01...0.02), granularity: .axis(channels)),
            range: 0...120, result: .integers), inputs: ["c"]),
        Layer("y", Dequantization(QuantizationGrid(scale: 0.02, zeroPoint: 3)), inputs: ["i"]),
      ]
    },
    MapSample("averages that count padding, hanging over") { _ in
      averages(countsPadding: true)
    },
    MapSample("averages that do not count padding, hanging over") { _ in
      averages(countsPadding: false)
    },
    MapSample("norms and overlapping maxima") { _ in
      [
        Layer(
          "norm",
          Pooling(
            .norm(p: 3), window: window([3, 3], stride: [2, 2], .uniform(1)), ceilMode: true),
          inputs: ["x"]),
        Layer(
          "y",
          Pooling(
            .maximum, window: window([3, 2], stride: [1, 2], .uniform(1)), ceilMode: true),
          inputs: ["norm"]),
      ]
    },
    MapSample("residual sums") { layout in
      let (height, width) = (layout.axis(1), layout.axis(2))
      let channels = layout.axis(3)
      return [
        Layer("c1", .convolution(6, 6, kernel: 3), inputs: ["x"]),
        Layer("bn1", .normalization(6), inputs: ["c1"]),
        Layer("r1", Activation(.relu), inputs: ["bn1"]),
        Layer("c2", .convolution(6, 6, kernel: 3, seed: 4), inputs: ["r1"]),
        Layer("sum1", Arithmetic(.add), inputs: ["c2", "x"]),
        Layer("relu1", Activation(.relu), inputs: ["sum1"]),
        Layer("c3", .convolution(6, 10, kernel: 3, stride: 2), inputs: ["relu1"]),
        Layer("r3", Activation(.relu), inputs: ["c3"]),
        Layer("c4", .convolution(10, 10, kernel: 3, seed: 7), inputs: ["r3"]),
        // ResNet's option A: every second cell, and channels of zeros.
        Layer(
          "every second",
          Slice(
            starts: .constant([0, 0]), ends: .constant([Int.max, Int.max]),
            axes: .constant([height, width]), steps: .constant([2, 2])), inputs: ["relu1"]),
        Layer(
          "wide", Pad(.constant(0), amounts: .constant([2, 2]), axes: [channels]),
          inputs: ["every second"]),
        Layer("sum2", Arithmetic(.add), inputs: ["wide", "c4"]),
        Layer("relu2", Activation(.relu), inputs: ["sum2"]),
        Layer("y", .convolution(10, 9, kernel: 1), inputs: ["relu2"]),
      ]
    },
    MapSample("branches joined", [3, 27, 22, 6]) { layout in
      inception("a", from: "x", 6, layout) + inception("b", from: "a", 18, layout)
        + [Layer("y", LocalResponseNormalization(size: 5, alpha: 0.1), inputs: ["b"])]
    },
    MapSample("channels by themselves, and in groups") { layout in
      [
        Layer("c", .convolution(6, 16, kernel: 1), inputs: ["x"]),
        Layer("d", .convolution(16, 16, kernel: 5, stride: 2, groups: 16), inputs: ["c"]),
        Layer("bn", .normalization(16), inputs: ["d"]),
        Layer("r", Activation(.relu6), inputs: ["bn"]),
        Layer("g", .convolution(16, 8, kernel: 3, groups: 2), inputs: ["r"]),
        Layer("s", Activation(.softmax(axis: layout.axis(3))), inputs: ["g"]),
        Layer("d2", .convolution(8, 8, kernel: 3, groups: 8), inputs: ["s"]),
        Layer("y", Activation(.leakyReLU(slope: 0.2)), inputs: ["d2"]),
      ]
    },
    MapSample("channels turned to the end") { layout in
      let isFirst = layout == .channelsFirst
      let (there, back) = isFirst ? ([0, 2, 3, 1], [0, 3, 1, 2]) : ([0, 2, 1, 3], [0, 2, 1, 3])
      return [
        Layer("d", .convolution(6, 6, kernel: 7, groups: 6), inputs: ["x"]),
        Layer("there", Transpose(there), inputs: ["d"]),
        Layer(
          "ln", LayerNormalization(axes: [-1], scale: .weights([6]), shift: .weights([6])),
          inputs: ["there"]),
        Layer("wide", Dense(weights: .weights([12, 6]), bias: .weights([12])), inputs: ["ln"]),
        Layer("gelu", Activation(.gelu(approximate: false)), inputs: ["wide"]),
        Layer("narrow", Dense(weights: .weights([6, 12])), inputs: ["gelu"]),
        Layer("back", Transpose(back), inputs: ["narrow"]),
        Layer("sum", Arithmetic(.add), inputs: ["x", "back"]),
        Layer("y", .convolution(6, 4, kernel: 3, stride: 2), inputs: ["sum"]),
      ]
    },
    MapSample("channels dealt out") { layout in
      let channels = layout.axis(3)
      return [
        Layer(
          "parts", Split(axis: channels, sizes: [1, 2, 2, 1]), inputs: ["x"],
          outputs: ["one", "two", "three", "unread"]),
        Layer("c", .convolution(2, 3, kernel: 5), inputs: ["two"]),
        Layer("m", Pooling(.maximum, window: window([2, 1], .sameLower)), inputs: ["three"]),
        Layer("all", Concatenation(axis: channels), inputs: ["one", "c", "m"]),
        Layer("y", .convolution(6, 4, kernel: 3, stride: 2), inputs: ["all"]),
      ]
    },
    MapSample("padding as a layer") { layout in
      let (height, width) = (layout.axis(1), layout.axis(2))
      func pad(_ mode: Pad.Mode, _ amounts: [Int]) -> Pad {
        Pad(mode, amounts: .constant(amounts), axes: [height, width])
      }
      return [
        Layer("zero", pad(.constant(0.5), [3, 1, 2, 0]), inputs: ["x"]),
        Layer("c1", convolution(6, 8, window([3, 3], stride: [2, 2], .none())), inputs: ["zero"]),
        Layer("mirrored", pad(.reflect, [1, 1, 1, 1]), inputs: ["c1"]),
        Layer("cropped", pad(.constant(0), [-1, 1, -1, -1]), inputs: ["mirrored"]),
        Layer("y", convolution(8, 4, window([3, 3], .none())), inputs: ["cropped"]),
      ]
    },
    MapSample("numbers for each position, and for each channel") { layout in
      let isFirst = layout == .channelsFirst
      let slopes = Tensor.weights(isFirst ? [6, 1, 1] : [1, 1, 6], in: 0.1...0.5)
      let biases = Tensor.weights(isFirst ? [6, 23, 18] : [23, 18, 6])
      return [
        Layer("prelu", Activation(.parametricReLU(slopes: slopes)), inputs: ["x"]),
        Layer("biases", Constant(biases), inputs: []),
        Layer("biased", Arithmetic(.add), inputs: ["biases", "prelu"]),
        Layer("mean", Reduction(.mean, axes: [layout.axis(3)]), inputs: ["biased"]),
        Layer("centered", Arithmetic(.subtract), inputs: ["biased", "mean"]),
        Layer("unit", LpNormalization(axis: layout.axis(3)), inputs: ["centered"]),
        Layer("exp", MathFunction.exponential, inputs: ["unit"]),
        Layer("y", .convolution(6, 5, kernel: 3), inputs: ["exp"]),
      ]
    },
  ]

  /// Samples that need all of "x" for each position, and less only later on.
  static let whole: [MapSample] = [
    MapSample("gates of all positions") { layout in
      [
        Layer("c", .convolution(6, 6, kernel: 3), inputs: ["x"]),
        Layer("squeeze", GlobalPooling(.average), inputs: ["c"]),
        Layer("excite", .convolution(6, 6, kernel: 1), inputs: ["squeeze"]),
        Layer("gate", Activation(.sigmoid), inputs: ["excite"]),
        Layer("gated", Arithmetic(.multiply), inputs: ["c", "gate"]),
        Layer("y", .convolution(6, 4, kernel: 3, seed: 8), inputs: ["gated"]),
      ]
    },
    MapSample("softmax over rows, resizing, instances") { layout in
      let (height, width) = (layout.axis(1), layout.axis(2))
      return [
        Layer("s", Activation(.softmax(axis: height)), inputs: ["x"]),
        Layer("n", GroupNormalization(groups: 2, epsilon: 0.1), inputs: ["s"]),
        Layer(
          "r",
          Resize(.linear, extent: .scales(.constant([2, 2])), axes: [height, width]),
          inputs: ["n"]),
        Layer("y", .convolution(6, 4, kernel: 3), inputs: ["r"]),
      ]
    },
    MapSample("slopes for each position") { layout in
      let shape = layout == .channelsFirst ? [6, 23, 18] : [23, 18, 6]
      return [
        Layer(
          "prelu", Activation(.parametricReLU(slopes: .weights(shape, in: 0.1...0.5))),
          inputs: ["x"]),
        Layer("y", .convolution(6, 4, kernel: 3), inputs: ["prelu"]),
      ]
    },
  ]

  private static func averages(countsPadding: Bool) -> [Layer] {
    [
      Layer(
        "one",
        Pooling(
          .average(countsPadding: countsPadding), window: window([3, 3], .uniform(1))),
        inputs: ["x"]),
      Layer("c", .convolution(6, 6, kernel: 3), inputs: ["one"]),
      Layer(
        "y",
        Pooling(
          .average(countsPadding: countsPadding),
          window: window([3, 3], stride: [2, 2], .explicit(before: [1, 0], after: [0, 1])),
          ceilMode: true), inputs: ["c"]),
    ]
  }

  private static func inception(
    _ name: String, from input: String, _ channels: Int, _ layout: TensorLayout
  ) -> [Layer] {
    [
      Layer("\(name)/1", .convolution(channels, 4, kernel: 1), inputs: [input]),
      Layer("\(name)/3/in", .convolution(channels, 8, kernel: 1, seed: 2), inputs: [input]),
      Layer("\(name)/3", .convolution(8, 5, kernel: 3), inputs: ["\(name)/3/in"]),
      Layer("\(name)/5/in", .convolution(channels, 8, kernel: 1, seed: 3), inputs: [input]),
      Layer("\(name)/5", .convolution(8, 6, kernel: 5), inputs: ["\(name)/5/in"]),
      Layer(
        "\(name)/pool", Pooling(.maximum, window: window([3, 3], .uniform(1))), inputs: [input]),
      Layer("\(name)/p", .convolution(channels, 3, kernel: 1, seed: 4), inputs: ["\(name)/pool"]),
      Layer(
        "\(name)/all", Concatenation(axis: layout.axis(3)),
        inputs: ["\(name)/1", "\(name)/3", "\(name)/5", "\(name)/p"]),
      Layer(name, Activation(.relu), inputs: ["\(name)/all"]),
    ]
  }
}
