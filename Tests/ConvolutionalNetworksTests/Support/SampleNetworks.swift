import ConvolutionalNetworks

/// Networks that several tests look at from several sides.
enum SampleNetworks {
  /// A network in which every kernel has something to do, several chunks of it.
  static func everyKernel(_ layout: TensorLayout) throws -> NeuralNetwork {
    let channels = layout.axis(3)
    let (height, width) = (layout.axis(1), layout.axis(2))
    let turned = layout == .channelsFirst ? [0, 1, 3, 2] : [0, 2, 1, 3]
    let slopes = layout == .channelsFirst ? [24, 1, 1] : [24]
    let size = ShapeExpression.shape(of: "right", start: height, end: width + 1)
    return try NeuralNetwork(
      layout: layout, inputs: [.map("x", [2, 40, 36, 3], layout)],
      layers: [
        Layer("conv", .convolution(3, 16, kernel: 3), inputs: ["x"]),
        Layer("conv/bn", .normalization(16), inputs: ["conv"]),
        Layer("conv/relu6", Activation(.relu6), inputs: ["conv/bn"]),
        Layer(
          "depthwise", .convolution(16, 16, kernel: 3, stride: 2, groups: 16),
          inputs: ["conv/relu6"]),
        Layer("depthwise/bn", .normalization(16), inputs: ["depthwise"]),
        Layer("depthwise/leaky", Activation(.leakyReLU(slope: 0.1)), inputs: ["depthwise/bn"]),
        Layer("maxima", .convolution(16, 16, kernel: 3, seed: 6), inputs: ["conv/relu6"]),
        Layer("maxima/relu", Activation(.relu), inputs: ["maxima"]),
        Layer("maxima/pool", .pooling(.maximum, 2), inputs: ["maxima/relu"]),
        Layer("both", Arithmetic(.add), inputs: ["depthwise/leaky", "maxima/pool"]),
        Layer("pointwise", .convolution(16, 24, kernel: 1), inputs: ["both"]),
        Layer("norm", LocalResponseNormalization(size: 5, alpha: 0.1), inputs: ["pointwise"]),
        Layer("pool", .pooling(.maximum, 3), inputs: ["norm"]),
        Layer("grouped", .convolution(24, 24, kernel: 3, groups: 2), inputs: ["pool"]),
        Layer(
          "prelu", Activation(.parametricReLU(slopes: .weights(slopes, in: 0.1...0.5))),
          inputs: ["grouped"]),
        Layer("squeeze", Reduction(.mean, axes: [height, width]), inputs: ["prelu"]),
        Layer("excite", .convolution(24, 24, kernel: 1), inputs: ["squeeze"]),
        Layer("gate", Activation(.sigmoid), inputs: ["excite"]),
        Layer("filtered", .convolution(24, 24, kernel: 3), inputs: ["prelu"]),
        Layer("gated", Arithmetic(.multiply), inputs: ["filtered", "gate"]),
        Layer("residual", Arithmetic(.add), inputs: ["gated", "pool"]),
        Layer(
          "split", Split(axis: channels, parts: 2), inputs: ["residual"],
          outputs: ["left", "right"]),
        Layer("turned", Transpose(turned), inputs: ["left"]),
        Layer(
          "resized", Resize(.linear, extent: .sizes(size, .stretch), axes: [height, width]),
          inputs: ["turned"]),
        Layer("joined", Concatenation(axis: channels), inputs: ["resized", "right"]),
        Layer(
          "padded", Pad(.reflect, amounts: .constant([1, 1, 1, 1]), axes: [height, width]),
          inputs: ["joined"]),
        Layer(
          "sliced",
          Slice(starts: .constant([1]), ends: .constant([Int.max]), axes: .constant([width])),
          inputs: ["padded"]),
        Layer("average", .pooling(.average(countsPadding: true), 2), inputs: ["sliced"]),
        Layer("largest", Reduction(.maximum, axes: [channels]), inputs: ["average"]),
        Layer("length", Reduction(.l2Norm, axes: [height, width]), inputs: ["average"]),
        Layer("exponential", MathFunction.exponential, inputs: ["largest"]),
        Layer(
          "stretched", Expand(to: .shape(of: "average", start: 0, end: nil)), inputs: ["length"]),
        Layer("condition", Activation(.relu), inputs: ["average"]),
        Layer("chosen", Where(), inputs: ["condition", "stretched", "exponential"]),
        Layer("norms", .pooling(.norm(p: 3), 2), inputs: ["chosen"]),
        Layer("tiled", Tile(repeats: .constant([1, 1, 2, 1])), inputs: ["norms"]),
        Layer("wide", DepthToSpace(blockSize: 2), inputs: ["tiled"]),
        Layer("deep", SpaceToDepth(blockSize: 2), inputs: ["wide"]),
        Layer("gelu", Activation(.gelu(approximate: false)), inputs: ["deep"]),
        Layer("layer", LayerNormalization(axes: [channels], epsilon: 0.1), inputs: ["gelu"]),
        Layer("instance", GroupNormalization(groups: 4, epsilon: 0.1), inputs: ["layer"]),
        Layer("unit", LpNormalization(axis: channels), inputs: ["instance"]),
        Layer(
          "up", TransposedConvolution(weights: .weights([24, 2, 2, 24]), stride: [2, 2]),
          inputs: ["unit"]),
        Layer(
          "picked", Gather(axis: width, positions: .constant([3, 0, 1, 1])), inputs: ["up"]),
        Layer("keys", Transpose([0, 1, 3, 2]), inputs: ["picked"]),
        Layer("scores", MatrixMultiplication(), inputs: ["picked", "keys"]),
        Layer("shares", Activation(.softmax(axis: -1)), inputs: ["scores"]),
        Layer("attended", MatrixMultiplication(), inputs: ["shares", "picked"]),
        Layer("global", GlobalPooling(.average), inputs: ["attended"]),
        Layer("flat", Flatten(), inputs: ["global"]),
        Layer(
          "dense", Dense(weights: .weights([300, 24]), bias: .weights([300]), activation: .relu),
          inputs: ["flat"]),
        Layer("logits", Dense(weights: .weights([10, 300], in: -0.1...0.1)), inputs: ["dense"]),
        Layer("prob", Activation(.softmax(axis: -1)), inputs: ["logits"]),
        Layer("logarithms", Activation(.logSoftmax(axis: -1)), inputs: ["logits"]),
      ], outputs: ["prob", "logarithms"])
  }

  /// Values of the last network that depend on all of its layers.
  static let everyKernelTaps: [LayerID] = ["prob", "logarithms", "pointwise", "residual", "right"]
}

extension LayerOperation where Self == Convolution {
  /// A square convolution that keeps the size, or divides it by the stride; weights fit unit variance.
  static func convolution(
    _ inputs: Int, _ outputs: Int, kernel: Int, stride: Int = 1, groups: Int = 1, seed: UInt64 = 1
  ) -> Convolution {
    let bound = (3 / Double(kernel * kernel * inputs / groups)).squareRoot()
    return Convolution(
      weights: .weights(
        [outputs, kernel, kernel, inputs / groups], seed: seed, in: -bound...bound),
      bias: .weights([outputs], seed: seed + 1, in: -0.5...0.5), stride: [stride, stride],
      padding: .uniform(kernel / 2), groups: groups)
  }
}

extension LayerOperation where Self == Pooling {
  /// Pooling in steps of 2 that lets the last window hang over.
  static func pooling(_ reduction: Pooling.Reduction, _ kernel: Int) -> Pooling {
    Pooling(
      reduction, window: SlidingWindow(kernel: [kernel, kernel], stride: [2, 2]), ceilMode: true)
  }
}
