import ConvolutionalNetworks
import FeatureVisualizationTestSupport
import Testing

/// Protects taps of some units: what they hand out and pull back is what the whole layer would, and the other units are
/// not computed.
@Suite struct UnitSelectionTests {
  /// Like SqueezeNet: the classes are channels of a convolution, and their means the scores.
  static func pooled(_ layout: TensorLayout, groups: Int = 1) throws -> NeuralNetwork {
    let spatial = layout == .channelsFirst ? [2, 3] : [1, 2]
    return try NeuralNetwork(
      layout: layout, inputs: [.map("x", [2, 9, 7, 8], layout)],
      layers: [
        Layer("first", .convolution(8, 12, kernel: 3), inputs: ["x"]),
        Layer(
          "classes", .convolution(12, 20, kernel: 1, groups: groups, seed: 5), inputs: ["first"]),
        Layer("bn", .normalization(20), inputs: ["classes"]),
        Layer("relu", Activation(.relu), inputs: ["bn"]),
        Layer("pool", .pooling(.maximum, 2), inputs: ["relu"]),
        Layer("means", Reduction(.mean, axes: spatial, keepsAxes: false), inputs: ["pool"]),
        Layer("global", GlobalPooling(.average), inputs: ["classes"]),
        Layer("flat", Flatten(), inputs: ["global"]),
        Layer("prob", Activation(.softmax(axis: 1)), inputs: ["means"]),
      ], outputs: ["prob", "flat"])
  }

  static func dense() throws -> NeuralNetwork {
    try NeuralNetwork(
      layout: .channelsFirst, inputs: [.map("x", [2, 9, 7, 8], .channelsFirst)],
      layers: [
        Layer("conv", .convolution(8, 3, kernel: 3), inputs: ["x"]),
        Layer("flat", Flatten(), inputs: ["conv"]),
        Layer(
          "hidden", Dense(weights: .weights([40, 189]), bias: .weights([40]), activation: .relu),
          inputs: ["flat"]),
        Layer(
          "scores", Dense(weights: .weights([30, 40], seed: 3), bias: .weights([30])),
          inputs: ["hidden"]),
        Layer("prob", Activation(.softmax(axis: -1)), inputs: ["scores"]),
      ], outputs: ["prob"])
  }

  /// Expects the values and the gradients of a whole tap, at the units alone.
  ///
  /// - Returns: the layers of which fewer units are computed.
  @discardableResult
  func expectSame(
    _ network: NeuralNetwork, _ layer: LayerID, _ units: [Int],
    modifier: (any BackpropModifier)? = nil
  ) throws -> [String: Int] {
    var tensors = SeededTensors(seed: 2)
    let inputs = ["x": tensors.uniform([2, 9, 7, 8])]
    let shapes = inputs.mapValues(\.shape)
    let options = Program.Options(backpropModifier: modifier)
    let whole = try Program(network, inputShapes: shapes, taps: [layer], options: options)
    let some = try Program(
      network, inputShapes: shapes, taps: [TapRequest(layer, units: units)], options: options)
    let tap = some.taps[0]
    #expect(tap.wholeShape == whole.taps[0].shape)
    let kept = tap.units ?? Array(0..<tap.unitCount)
    let seed = tensors.uniform(tap.shape)
    var wholeSeed = DoubleTensor(shape: tap.wholeShape)
    for (index, element) in seed.elements.enumerated() {
      wholeSeed.elements[index / kept.count * tap.unitCount + kept[index % kept.count]] = element
    }
    let expected = try EngineRun(Workspace(whole), inputs, seeds: [wholeSeed])
    let actual = try EngineRun(Workspace(some), inputs, seeds: [seed])
    let values = expected.taps[0].elements
    let chosen = seed.elements.indices.map {
      values[$0 / kept.count * tap.unitCount + kept[$0 % kept.count]]
    }
    let difference = zip(chosen, actual.taps[0].elements).map { abs($0 - $1) }.max() ?? 1
    #expect(difference <= 1e-5)
    let (left, right) = try (#require(actual.gradients["x"]), #require(expected.gradients["x"]))
    #expect(DoubleTensor(left).relativeL2Error(from: .init(right)) <= 1e-5)
    return some.computedUnitCounts
  }

  @Test(
    arguments: ["classes", "bn", "relu", "pool", "means", "global", "flat"] as [LayerID],
    [[3], [0, 7, 19]])
  func channelsOfAConvolution(layer: LayerID, units: [Int]) throws {
    for layout in TensorLayout.both {
      let kept = try expectSame(try Self.pooled(layout), layer, units)
      #expect(kept == ["classes": units.count])
    }
  }

  @Test func rowsOfADenseLayer() throws {
    for units in [[29], [0, 1, 17], [4, 4, 2]] {
      let kept = try expectSame(try Self.dense(), "scores", units)
      #expect(kept == ["scores": Set(units).count])
    }
    #expect(try expectSame(try Self.dense(), "hidden", [8, 3]) == ["hidden": 2])
  }

  /// Protects modified backpropagation, which sees activations by themselves.
  @Test func activationsThatStayApart() throws {
    let kept = try expectSame(
      try Self.pooled(.channelsFirst), "relu", [5], modifier: PlainBackprop())
    #expect(kept == ["classes": 1])
  }

  /// Protects what other units or other readers need: softmax, groups, a second tap.
  @Test func staysWholeWhereOthersAreRead() throws {
    #expect(try expectSame(try Self.dense(), "prob", [3]).isEmpty)
    #expect(try expectSame(try Self.pooled(.channelsFirst, groups: 2), "means", [3]).isEmpty)
    let shapes = ["x": [1, 9, 7, 8]]
    for other in ["classes", "prob", "flat"] as [LayerID] {
      let program = try Program(
        try Self.pooled(.channelsFirst), inputShapes: shapes,
        taps: [TapRequest("means", units: [3]), TapRequest(other)])
      #expect(program.computedUnitCounts.isEmpty && program.taps.allSatisfy { $0.units == nil })
    }
    let all = try Program(
      try Self.dense(), inputShapes: shapes, taps: [TapRequest("scores", units: Array(0..<30))])
    #expect(all.taps[0].units == nil)
  }

  /// Protects several taps of one layer: all get the units of all.
  @Test func tapsOfOneLayerShare() throws {
    let program = try Program(
      try Self.dense(), inputShapes: ["x": [1, 9, 7, 8]],
      taps: [TapRequest("scores", units: [9]), TapRequest(-2, units: [2, 9])])
    #expect(program.taps.map(\.units) == [[2, 9], [2, 9]])
    #expect(program.taps.map(\.shape) == [[1, 2], [1, 2]])
    #expect(program.taps.map(\.unitCount) == [30, 30])
  }

  @Test(arguments: [-1, 30]) func refusesUnitsThatAreNotThere(unit: Int) throws {
    #expect(throws: VisualizationError.unitOutOfRange(unit: unit, layer: "scores", count: 30)) {
      try Program(
        try Self.dense(), inputShapes: ["x": [1, 9, 7, 8]],
        taps: [TapRequest("scores", units: [1, unit])])
    }
  }
}
