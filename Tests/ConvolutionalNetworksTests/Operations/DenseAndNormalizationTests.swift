import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects matrix products over the last axis, with and without a fused activation.
@Suite struct DenseTests {
  @Test(arguments: [[3, 7], [1, 700], [2, 4, 6], [2, 3, 4, 5]], TensorLayout.both)
  func agreesWithInterpreter(_ shape: [Int], layout: TensorLayout) throws {
    // The last axis in the network's own order: that of the rows in a channels-first one.
    let logical = layout == .channelsFirst && shape.count >= 3 ? shape[shape.count - 2] : shape.last
    for activation in [ActivationFunction.linear, .relu, .softmax(axis: -1)] {
      try OperationCase("\(activation)", shape) { _ in
        Dense(
          weights: .weights([300, logical ?? 0]), bias: .weights([300], seed: 2),
          activation: activation)
      }.check(layout)
    }
  }

  /// Protects weights that are read as they lie, for one row, some and too many, and units that are not read because
  /// nobody's gradient reaches them.
  @Test(arguments: [1, 3, 4, 9, 40])
  func agreesForAnyNumberOfRows(rows: Int) throws {
    try OperationCase("rows", [rows, 1300]) { _ in
      Dense(weights: .weights([203, 1300]), bias: .weights([203], seed: 2), activation: .relu)
    }.check(.channelsLast)
  }

  /// Protects batch normalization behind it where channels are not its units.
  @Test(arguments: TensorLayout.both) func isNormalizedByChannels(layout: TensorLayout) throws {
    let (width, channels) = layout == .channelsFirst ? (4, 5) : (5, 9)
    let network = try NeuralNetwork(
      layout: layout, inputs: [.map("x", [2, 3, 4, 5], layout)],
      layers: [
        Layer("dense", Dense(weights: .weights([9, width])), inputs: ["x"]),
        Layer("y", .normalization(channels), inputs: ["dense"]),
      ], outputs: ["y"])
    var tensors = SeededTensors(seed: 3)
    try expectAgreement(network, ["x": tensors.uniform([2, 3, 4, 5])], taps: ["y"])
  }

  @Test func worksWithoutBias() throws {
    try OperationCase("no bias", [2, 5]) { _ in Dense(weights: .weights([3, 5])) }
      .check(.channelsLast)
  }
}

/// Protects batch normalization that stands alone, and local response normalization.
@Suite struct NormalizationTests {
  @Test(arguments: [[2, 5, 7, 3], [1, 23, 24, 19], [2, 6, 4], [3, 8]], TensorLayout.both)
  func normalizesBatches(_ shape: [Int], layout: TensorLayout) throws {
    // A matrix has its channels last in either order.
    let channels = shape[shape.count - 1]
    try OperationCase("batch normalization", shape) { _ in .normalization(channels) }.check(layout)
  }

  @Test(arguments: [(5, 0.75), (4, 0.5), (1, 1), (3, 0.6), (20, 0.75)], TensorLayout.both)
  func normalizesResponses(_ sizeAndExponent: (Int, Float), layout: TensorLayout) throws {
    for shape in [[2, 5, 3, 9], [1, 20, 19, 16], [1, 3, 3, 37], [2, 4, 7]] {
      try OperationCase("response normalization", shape, range: -3...3) { _ in
        LocalResponseNormalization(
          size: sizeAndExponent.0, alpha: 0.9, beta: sizeAndExponent.1, bias: 1.5)
      }.check(layout)
    }
  }
}

extension LayerOperation where Self == BatchNormalization {
  /// Batch normalization with statistics far from neutral.
  static func normalization(_ channels: Int, seed: UInt64 = 20) -> BatchNormalization {
    BatchNormalization(
      scale: .weights([channels], seed: seed), shift: .weights([channels], seed: seed + 1),
      mean: .weights([channels], seed: seed + 2),
      variance: .weights([channels], seed: seed + 3, in: 0.2...2), epsilon: 1e-3)
  }
}
