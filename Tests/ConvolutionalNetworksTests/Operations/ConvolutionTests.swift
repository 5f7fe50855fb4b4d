import ConvolutionalNetworks
import Testing

/// Protects every convolution algorithm, forward and pullback, against the plain one in double precision.
@Suite struct ConvolutionTests {
  @Test(arguments: pointwise + windows + filtered + grouped + depthwise + small, TensorLayout.both)
  func agreesWithInterpreter(_ operation: OperationCase, layout: TensorLayout) throws {
    try operation.check(layout)
  }

  static let pointwise = [
    convolution("1×1", [1, 5, 7, 3], outputs: 4, kernel: [1, 1]),
    convolution("1×1 of many positions", [3, 19, 21, 17], outputs: 33, kernel: [1, 1]),
    convolution("1×1 of one position", [2, 1, 1, 70], outputs: 65, kernel: [1, 1]),
    convolution("1×1 in steps", [2, 7, 6, 5], outputs: 3, kernel: [1, 1], stride: [2, 3]),
  ]

  static let windows = [
    convolution("3×3", [1, 9, 8, 3], outputs: 4, kernel: [3, 3]),
    convolution(
      "3×3 padded", [3, 13, 11, 6], outputs: 7, kernel: [3, 3], padding: .uniform(1)),
    convolution(
      "5×2 padded unevenly", [2, 8, 7, 3], outputs: 5, kernel: [5, 2],
      padding: .explicit(before: [1, 0], after: [3, 1])),
    convolution(
      "in steps, dilated", [1, 17, 15, 4], outputs: 3, kernel: [3, 2], stride: [2, 3],
      dilation: [2, 3], padding: .uniform(2)),
    convolution(
      "SAME, odd cell after", [2, 10, 9, 2], outputs: 3, kernel: [3, 4], stride: [2, 2],
      padding: .sameUpper),
    convolution(
      "SAME, odd cell before", [2, 10, 9, 2], outputs: 3, kernel: [3, 4], stride: [2, 2],
      padding: .sameLower),
    convolution("as large as the map", [2, 4, 5, 3], outputs: 6, kernel: [4, 5]),
    convolution(
      "steps wider than the window", [1, 11, 11, 2], outputs: 3, kernel: [2, 2], stride: [4, 3]),
    convolution(
      "with bands of rows", [1, 60, 9, 4], outputs: 8, kernel: [3, 3], padding: .uniform(1)),
    convolution(
      "1-D", [2, 12, 3], outputs: 4, kernel: [3], stride: [2], padding: .uniform(1, axes: 1)),
  ]

  /// Windows that Winograd's algorithm takes: whole and cut tiles, few and many, weights that are transformed once and
  /// at each step, channels that fill vectors and that do not.
  static let filtered = [
    convolution("3×3 of 8 channels", [1, 12, 16, 8], outputs: 16, kernel: [3, 3]),
    convolution(
      "3×3, cut tiles", [2, 13, 18, 21], outputs: 37, kernel: [3, 3], padding: .uniform(1)),
    convolution(
      "3×3, padded unevenly", [1, 11, 14, 16], outputs: 50, kernel: [3, 3],
      padding: .explicit(before: [2, 0], after: [0, 2])),
    convolution(
      "3×3 of many tiles", [2, 45, 50, 16], outputs: 32, kernel: [3, 3], padding: .uniform(1)),
    convolution(
      "3×3 of a large map", [1, 83, 86, 9], outputs: 17, kernel: [3, 3], padding: .uniform(1)),
    convolution(
      "3×3 of a large map, padded unevenly", [1, 84, 82, 16], outputs: 10, kernel: [3, 3],
      padding: .explicit(before: [2, 0], after: [1, 2])),
    convolution(
      "3×3 of many channels", [1, 16, 17, 136], outputs: 130, kernel: [3, 3], padding: .uniform(1)),
    convolution(
      "5×5", [2, 15, 13, 18], outputs: 40, kernel: [5, 5], padding: .uniform(2)),
    convolution("5×5 without padding", [1, 16, 19, 16], outputs: 12, kernel: [5, 5]),
    convolution(
      "5×5, padded unevenly", [1, 11, 14, 16], outputs: 50, kernel: [5, 5],
      padding: .explicit(before: [4, 0], after: [0, 4])),
    convolution(
      "5×5 of many tiles", [2, 30, 33, 16], outputs: 32, kernel: [5, 5], padding: .uniform(2)),
    convolution(
      "5×5 of many channels", [1, 16, 17, 136], outputs: 130, kernel: [5, 5], padding: .uniform(2)),
    convolution(
      "3×3 of many channels and tiles", [1, 36, 35, 100], outputs: 170, kernel: [3, 3],
      padding: .uniform(1)),
    convolution("1×1 to many channels", [1, 14, 14, 70], outputs: 208, kernel: [1, 1]),
    convolution(
      "1×1 in steps of 2", [2, 13, 12, 20], outputs: 40, kernel: [1, 1], stride: [2, 2]),
    convolution(
      "7×7 in steps", [1, 31, 29, 3], outputs: 20, kernel: [7, 7], stride: [2, 2],
      padding: .uniform(3)),
  ]

  static let grouped = [
    convolution("2 groups", [2, 7, 6, 4], outputs: 6, kernel: [3, 3], groups: 2),
    convolution(
      "3 groups in steps", [1, 9, 9, 12], outputs: 9, kernel: [3, 3], stride: [2, 2],
      padding: .uniform(1), groups: 3),
    convolution(
      "two outputs for each channel", [2, 6, 7, 5], outputs: 10, kernel: [3, 3],
      padding: .uniform(1), groups: 5),
    convolution("1×1 in groups", [2, 5, 5, 6], outputs: 4, kernel: [1, 1], groups: 2),
  ]

  static let depthwise = [
    convolution(
      "depthwise", [2, 9, 7, 37], outputs: 37, kernel: [3, 3], padding: .uniform(1), groups: 37),
    convolution(
      "depthwise in steps", [1, 13, 12, 24], outputs: 24, kernel: [3, 3], stride: [2, 2],
      padding: .explicit(before: [0, 1], after: [1, 0]), groups: 24),
    convolution(
      "depthwise dilated", [1, 15, 14, 6], outputs: 6, kernel: [5, 3], stride: [3, 1],
      dilation: [2, 3], padding: .uniform(3), groups: 6),
    convolution(
      "depthwise of many channels", [1, 3, 4, 300], outputs: 300, kernel: [3, 3],
      padding: .uniform(1), groups: 300),
    // Windows that have loops of their own, several positions at a time, and the edges beside them.
    convolution(
      "depthwise of a wide map", [1, 8, 21, 23], outputs: 23, kernel: [3, 3], padding: .uniform(1),
      groups: 23),
    convolution(
      "depthwise of a wide map in steps", [2, 11, 22, 40], outputs: 40, kernel: [3, 3],
      stride: [2, 2], padding: .uniform(1), groups: 40),
    convolution(
      "depthwise in steps, padded by 0", [1, 12, 23, 18], outputs: 18, kernel: [3, 3],
      stride: [2, 2], groups: 18),
    convolution(
      "depthwise 5×5", [1, 13, 18, 33], outputs: 33, kernel: [5, 5], padding: .uniform(2),
      groups: 33),
    convolution(
      "depthwise 5×5 in steps", [1, 14, 19, 21], outputs: 21, kernel: [5, 5], stride: [2, 2],
      padding: .uniform(2), groups: 21),
    convolution(
      "depthwise 7×7", [1, 12, 17, 19], outputs: 19, kernel: [7, 7], padding: .uniform(3),
      groups: 19),
    convolution(
      "depthwise padded by more than it sees", [1, 6, 9, 17], outputs: 17, kernel: [3, 3],
      stride: [2, 2], padding: .uniform(4), groups: 17),
    convolution("depthwise 1-D", [3, 11, 5], outputs: 5, kernel: [4], stride: [2], groups: 5),
  ]

  /// Maps so small that the pullback is cut along the channels.
  static let small = [
    convolution(
      "of many channels", [1, 7, 7, 100], outputs: 20, kernel: [3, 3], padding: .uniform(1)),
    convolution(
      "1-D of many channels", [1, 9, 100], outputs: 70, kernel: [3], padding: .uniform(1, axes: 1)),
  ]

  static func convolution(
    _ name: String, _ input: [Int], outputs: Int, kernel: [Int], stride: [Int]? = nil,
    dilation: [Int]? = nil, padding: Padding? = nil, groups: Int = 1
  ) -> OperationCase {
    OperationCase(name, input) { _ in
      Convolution(
        weights: .weights([outputs] + kernel + [input[input.count - 1] / groups]),
        bias: .weights([outputs], seed: 2), stride: stride, dilation: dilation, padding: padding,
        groups: groups)
    }
  }

  /// Protects the pass that convolutions share with what follows them, for every algorithm.
  @Test(arguments: [
    ActivationFunction.relu, .relu6, .leakyReLU(slope: 0.1), .clip(minimum: -0.5, maximum: 0.25),
    .tanh, .softmax(axis: -1),
  ])
  func appliesActivationOfTheLayer(_ function: ActivationFunction) throws {
    for (kernel, groups) in [([1, 1], 1), ([3, 3], 1), ([3, 3], 4)] {
      let operation = OperationCase("activated", [2, 6, 9, 4]) { _ in
        Convolution(
          weights: .weights([4] + kernel + [4 / groups]), bias: .weights([4], seed: 2),
          groups: groups, activation: function)
      }
      try operation.check(.channelsLast)
      try operation.check(.channelsFirst)
    }
  }
}
