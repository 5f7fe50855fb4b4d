import FeatureVisualizationTestSupport
import Testing

@testable import ConvolutionalNetworks

/// A network from "x" to its taps whose kernels might cut, or choose, by the number of pictures.
struct BatchCase: Sendable, CustomTestStringConvertible {
  let name: String
  /// Of one picture, as it is handed in.
  let input: [Int]
  var taps: [TapRequest] = [TapRequest("y")]
  var options = Program.Options()
  let network: @Sendable () throws -> NeuralNetwork

  var testDescription: String { name }

  init(
    _ name: String, _ input: [Int], taps: [TapRequest] = [TapRequest("y")],
    options: Program.Options = .init(), network: @escaping @Sendable () throws -> NeuralNetwork
  ) {
    (self.name, self.input, self.taps) = (name, input, taps)
    (self.options, self.network) = (options, network)
  }

  /// Layers from "x" to "y", channels first.
  static func layers(
    _ name: String, _ input: [Int], taps: [TapRequest] = [TapRequest("y")],
    options: Program.Options = .init(), _ layers: @escaping @Sendable () -> [Layer]
  ) -> BatchCase {
    BatchCase(name, input, taps: taps, options: options) {
      try NeuralNetwork(
        layout: .channelsFirst, inputs: [.map("x", input, .channelsFirst)], layers: layers(),
        outputs: ["y"])
    }
  }

  /// A chain of single operations from "x" to "y".
  static func chain(
    _ name: String, _ input: [Int], options: Program.Options = .init(),
    _ operations: @escaping @Sendable () -> [any LayerOperation]
  ) -> BatchCase {
    layers(name, input, options: options) {
      let operations = operations()
      return operations.enumerated().map { index, operation in
        Layer(
          index == operations.count - 1 ? "y" : "y\(index)", operation,
          inputs: [index == 0 ? "x" : "y\(index - 1)"])
      }
    }
  }

  static let all =
    networks + convolutions + volumes + recurrences + dense + products + activations

  private static let networks: [BatchCase] =
    TensorLayout.both.map { layout in
      BatchCase(
        "every kernel, \(layout)", [1, 45, 38, 3],
        taps: SampleNetworks.everyKernelTaps.map { TapRequest($0) }
      ) { try SampleNetworks.everyKernel(layout) }
    }
    + (MapSample.local + MapSample.whole).map { sample in
      BatchCase(sample.name, [1] + sample.input.dropFirst()) { try sample.network(.channelsFirst) }
    }

  /// Squares of all sides about which algorithms disagree, down to a single tile.
  private static let convolutions: [BatchCase] =
    [3, 4, 5, 7, 9, 13].flatMap { side in
      [(3, 16, 24), (3, 128, 160), (5, 16, 24), (1, 40, 24)].map { kernel, inputs, outputs in
        chain(
          "\(kernel)×\(kernel), \(inputs) to \(outputs), side \(side)", [1, side, side, inputs]
        ) {
          [
            .convolution(inputs, outputs, kernel: kernel), Activation(.relu),
            .convolution(outputs, 8, kernel: kernel, seed: 3),
          ]
        }
      }
    } + [
      chain("a pyramid of side 96", [1, 96, 96, 3]) {
        [
          .convolution(3, 16, kernel: 3), Activation(.relu), .pooling(.maximum, 2),
          .convolution(16, 32, kernel: 3), Activation(.relu), .pooling(.maximum, 2),
          .convolution(32, 64, kernel: 5), Activation(.relu), .pooling(.maximum, 2),
          .convolution(64, 96, kernel: 3), Activation(.relu), .pooling(.maximum, 2),
          .convolution(96, 160, kernel: 3), Activation(.relu), .pooling(.maximum, 2),
          .convolution(160, 64, kernel: 3), Activation(.relu), Flatten(),
          Dense(weights: .weights([10, 576])),
        ]
      },
      chain("groups of channels", [1, 13, 11, 24]) {
        [
          .convolution(24, 48, kernel: 3, groups: 2), Activation(.relu),
          .convolution(48, 96, kernel: 3, stride: 2, groups: 4), Activation(.relu6),
          .convolution(96, 8, kernel: 1, groups: 2),
        ]
      },
      chain("wide groups of channels", [1, 4, 4, 128]) {
        [.convolution(128, 128, kernel: 3, groups: 2)]
      },
      layers("numbers quantized to their own range", [1, 9, 7, 24]) {
        [
          Layer("q", DynamicQuantization(), inputs: ["x"], outputs: ["i", "s", "z"]),
          Layer("c", .convolution(24, 16, kernel: 3), inputs: ["i"]),
          Layer("y", Arithmetic(.multiply), inputs: ["c", "s"]),
        ]
      },
      chain("transposed windows", [1, 7, 9, 24]) {
        [
          TransposedConvolution(weights: .weights([24, 3, 3, 32]), stride: [2, 2]),
          Activation(.relu),
          TransposedConvolution(weights: .weights([32, 2, 2, 8]), stride: [1, 1], groups: 2),
        ]
      },
    ]

  private static let volumes: [BatchCase] =
    [TensorLayout.channelsFirst, .channelsLast].map { layout in
      BatchCase("volumes, \(layout)", [1, 5, 12, 13, 3]) { try VolumeTests.network(layout) }
    } + [
      chain("volumes in groups", [1, 4, 7, 9, 12]) {
        [
          Convolution(
            weights: .weights([18, 3, 3, 3, 4]), stride: [1, 2, 1], padding: .uniform(1, axes: 3),
            groups: 3), Activation(.relu),
          Convolution(weights: .weights([18, 2, 3, 3, 1]), groups: 18),
          Pooling(.average(countsPadding: true), window: SlidingWindow(kernel: [2, 1, 2])),
        ]
      }
    ]

  private static let recurrences: [BatchCase] =
    [RecurrentCell.simple, .lstm(), .gru(resetAfter: false), .gru(resetAfter: true)].flatMap {
      cell in
      [37, 300].map { width in
        layers("\(cell) of \(width) numbers a step", [1, width, 6]) {
          let outputs = ["y", "last"] + (cell == .lstm() ? ["cell"] : [])
          return [
            Layer(
              "layer", RecurrenceTests.layer(cell, inputs: width, units: 45), inputs: ["x"],
              outputs: outputs)
          ]
        }
      }
    }

  private static let dense: [BatchCase] =
    [Program.WeightPrecision.float32, .float16].flatMap { precision in
      [17, 300, 5000].map { width in
        layers(
          "dense layers of \(width) inputs, \(precision)", [1, width],
          options: .init(denseWeights: precision)
        ) {
          [
            Layer("open", Activation(.relu), inputs: ["x"]),
            Layer(
              "hidden",
              Dense(weights: .weights([203, width]), bias: .weights([203]), activation: .relu),
              inputs: ["open"]),
            Layer("scores", Dense(weights: .weights([70, 203])), inputs: ["hidden"]),
            Layer("y", Activation(.tanh), inputs: ["scores"]),
          ]
        }
      }
    }
    + [.relu, .linear].map { function in
      BatchCase(
        "split weights, \(function)", [1, 4608], taps: [TapRequest("scores"), TapRequest("hidden")]
      ) { try SplitDenseTests.network(function, splits: true, width: 4608) }
    }
    + [2, 5, 33, 50].map { tokens in
      chain("\(tokens) tokens", [1, tokens, 40]) {
        [
          Transpose([0, 2, 1]), Dense(weights: .weights([300, 40]), bias: .weights([300])),
          Activation(.gelu(approximate: false)), Dense(weights: .weights([24, 300])),
        ]
      }
    }

  private static let products: [BatchCase] =
    [5, 50].map { tokens in
      layers("attention over \(tokens) tokens", [1, tokens, 24]) {
        [
          Layer("tokens", Transpose([0, 2, 1]), inputs: ["x"]),
          Layer("q", Dense(weights: .weights([24, 24])), inputs: ["tokens"]),
          Layer("k", Dense(weights: .weights([24, 24], seed: 2)), inputs: ["tokens"]),
          Layer("keys", Transpose([0, 2, 1]), inputs: ["k"]),
          Layer("products", MatrixMultiplication(), inputs: ["q", "keys"]),
          Layer("shares", Activation(.softmax(axis: -1)), inputs: ["products"]),
          Layer("y", MatrixMultiplication(), inputs: ["shares", "tokens"]),
        ]
      }
    } + [
      layers("one right factor for all", [1, 50, 24]) {
        [
          Layer("tokens", Transpose([0, 2, 1]), inputs: ["x"]),
          Layer("factor", Constant(.weights([24, 40])), inputs: []),
          Layer("y", MatrixMultiplication(), inputs: ["tokens", "factor"]),
        ]
      },
      layers("one right factor for rows", [1, 70]) {
        [
          Layer("factor", Constant(.weights([70, 40])), inputs: []),
          Layer("y", MatrixMultiplication(), inputs: ["x", "factor"]),
        ]
      },
    ]

  /// An odd number of elements, so that each picture lies otherwise among the vectors.
  private static let activations: [BatchCase] =
    ([
      .elu(alpha: 0.7), .selu(alpha: 1.6, scale: 1.1), .gelu(approximate: true), .celu(alpha: 0.6),
      .thresholdedReLU(threshold: 0.2), .swish(alpha: 1), .mish, .hardSwish,
      .hardSigmoid(alpha: 0.2, beta: 0.5), .sigmoid, .softsign, .softplus, .softmax(axis: 2),
      .logSoftmax(axis: 1),
    ] as [ActivationFunction]).map { function in
      chain("\(function)", [1, 7, 5, 3]) { [Activation(function)] }
    }
    + [
      .absolute, .exponential, .logarithm, .squareRoot, .reciprocal, .errorFunction,
    ].map { (function: MathFunction) in
      layers("\(function)", [1, 7, 5, 3]) {
        [
          Layer("square", Arithmetic(.multiply), inputs: ["x", "x"]),
          Layer("y", function, inputs: ["square"]),
        ]
      }
    }
}
