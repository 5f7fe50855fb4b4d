import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects layer, RMS, instance and group normalization: over every choice of axes, by rows that lie together in
/// memory and by those that do not.
@Suite struct StandardizationTests {
  @Test(
    arguments: [[3], [1], [2], [1, 2], [2, 3], [1, 2, 3], [0], [0, 1, 2], [0, 1, 2, 3], []]
      as [[Int]], TensorLayout.both)
  func normalizesLayers(axes: [Int], layout: TensorLayout) throws {
    for shape in [[2, 3, 4, 5], [3, 11, 13, 70]] {
      try OperationCase("over \(axes)", shape, range: -1...3) { layout in
        LayerNormalization(axes: axes.map { layout.axis($0) - 4 }, epsilon: 0.01)
      }.check(layout)
      try OperationCase("without mean over \(axes)", shape, range: -1...3) { layout in
        RMSNormalization(axes: axes.map { layout.axis($0) - 4 }, epsilon: 0.01)
      }.check(layout)
    }
  }

  /// Protects factors and offsets of every shape that broadcasts, along the axes normalized and across them.
  @Test(
    arguments: [[], [4], [5], [1, 4], [5, 1, 1], [5, 1, 4], [5, 3, 4], [2, 5, 3, 4]] as [[Int]])
  func scalesAndShifts(parameters: [Int]) throws {
    for axes in [[-1], [1], [2, 3], [1, 2, 3]] where parameters != [5] {
      try OperationCase("over \(axes)", [2, 3, 4, 5]) { _ in
        LayerNormalization(
          axes: axes, scale: .weights(parameters), shift: .weights(parameters, seed: 2))
      }.check(.channelsFirst)
      try OperationCase("without mean over \(axes)", [2, 3, 4, 5]) { _ in
        RMSNormalization(axes: axes, scale: .weights(parameters))
      }.check(.channelsFirst)
    }
    if parameters == [5] {
      try OperationCase("the channels", [2, 3, 4, 5]) { _ in
        LayerNormalization(scale: .weights([5]), shift: .weights([5], seed: 2))
      }.check(.channelsLast)
    }
  }

  /// Protects tokens: matrices and stacks of them, in rows shorter and longer than a chunk.
  @Test(arguments: [[7], [3, 9], [2, 10, 40], [1, 3, 9000]], TensorLayout.both)
  func normalizesTokens(shape: [Int], layout: TensorLayout) throws {
    // The last axis in the network's own order: that of the rows in a channels-first one.
    let width = layout == .channelsFirst && shape.count >= 3 ? shape[shape.count - 2] : shape.last
    try OperationCase("tokens", shape) { _ in
      LayerNormalization(
        scale: .weights([width ?? 0]), shift: .weights([width ?? 0], seed: 2), epsilon: 1e-6)
    }.check(layout)
    try OperationCase("tokens without mean", shape) { _ in
      RMSNormalization(scale: .weights([width ?? 0]), epsilon: 1e-6)
    }.check(layout)
  }

  /// Protects the mean from rounding where it is large against the deviations.
  @Test func keepsPrecisionFarFromZero() throws {
    let network = try NeuralNetwork(
      layout: .channelsLast, inputs: [NetworkInput("x", shape: [2, 200], channelAxis: nil)],
      layers: [Layer("y", LayerNormalization(), inputs: ["x"])], outputs: ["y"])
    var tensors = SeededTensors(seed: 5)
    try expectAgreement(
      network, ["x": tensors.uniform([2, 200], in: 99...101)], taps: ["y"], tolerance: 1e-4)
  }

  @Test(arguments: [nil, 1, 2, 3, 6] as [Int?], TensorLayout.both)
  func normalizesGroups(groups: Int?, layout: TensorLayout) throws {
    for shape in [[2, 3, 5, 6], [3, 30, 29, 12], [2, 7, 6], [1, 1, 1, 6]] {
      let channels = shape[shape.count - 1]
      try OperationCase("\(groups ?? 0) groups", shape) { _ in
        GroupNormalization(
          groups: groups, scale: .weights([channels]), shift: .weights([channels], seed: 2),
          epsilon: 0.01)
      }.check(layout)
      try OperationCase("\(groups ?? 0) plain groups", shape) { _ in
        GroupNormalization(groups: groups, epsilon: 0.5)
      }.check(layout)
    }
  }

  @Test(arguments: LpNormalization.Norm.allCases, TensorLayout.both)
  func dividesByNorms(_ norm: LpNormalization.Norm, layout: TensorLayout) throws {
    for axis in 0..<4 {
      try OperationCase("along \(axis)", [2, 3, 4, 5]) { layout in
        LpNormalization(norm, axis: layout.axis(axis) - 4)
      }.check(layout)
    }
    try OperationCase("a vector", [6]) { _ in LpNormalization(norm) }.check(layout)
  }

  /// Protects the threshold, worked out by hand: that of 1, 0.8 and −1 is (1 + 1.8 − 1) / 2. A case halves its input.
  @Test func thresholdOfSparsemax() throws {
    let network = try OperationCase("by hand", [1, 3]) { _ in Sparsemax() }.network(.channelsLast)
    let workspace = try Workspace(Program(network, inputShapes: ["x0": [1, 3]], taps: ["y0"]))
    workspace.setInput("x0", to: Tensor(shape: [1, 3], elements: [2, 1.6, -2]))
    workspace.forward()
    let expected: [Float] = [0.1, 0, 0]
    for (actual, expected) in zip(workspace.tap(0).elements, expected) {
      #expect(abs(actual - expected) < 1e-6)
    }
  }

  /// Protects against parameters that fit nothing, and groups that channels do not divide into.
  @Test func refusesWhatDoesNotFit() throws {
    let operations: [any LayerOperation] = [
      LayerNormalization(axes: [4]), LayerNormalization(axes: [1], scale: .weights([4])),
      LayerNormalization(axes: [1], shift: .weights([2, 1, 1, 1, 1])),
      RMSNormalization(axes: [4]), RMSNormalization(axes: [1], scale: .weights([4])),
      GroupNormalization(groups: 4), GroupNormalization(groups: 0),
      GroupNormalization(groups: nil, scale: .weights([5])), LpNormalization(axis: -5),
    ]
    for operation in operations {
      let network = try OperationCase("refused", [1, 3, 5, 6]) { _ in operation }
        .network(.channelsLast)
      #expect(throws: VisualizationError.self, "\(operation)") {
        _ = try Program(network, inputShapes: ["x0": [1, 3, 5, 6]], taps: ["y0"])
      }
    }
  }
}
