import ConvolutionalNetworks
import Testing

@testable import NetworkFormats

/// What one version of an operator takes as an attribute, a later one takes as an input.
@Suite("ONNX: differences between operator sets")
struct OperatorSetTests {
  /// Protects Clip's bounds, given or not.
  @Test func clip() throws {
    let old = ModelBuilder.single("Clip", operatorSet: 7, ["min": 0.0, "max": 6.0])
    #expect(try old.load().function() == .relu6)
    let new = ModelBuilder.single("Clip", operatorSet: 11, others: ["", "high"]) {
      $0.floats("high", [], [6])
    }
    #expect(try new.load().function() == .clip(minimum: -.infinity, maximum: 6))
  }

  /// Protects bounds that are the wrong way round: the upper one wins.
  @Test func clipWithCrossedBounds() throws {
    let model = ModelBuilder.single("Clip", operatorSet: 7, ["min": 2.0, "max": 1.0])
    #expect(try model.load().function() == .clip(minimum: 1, maximum: 1))
  }

  /// Protects Pad's amounts and number.
  @Test func pad() throws {
    let old = ModelBuilder.single(
      "Pad", operatorSet: 10, ["pads": [0, 0, 1, 2, 0, 0, 3, 4], "value": 5.0])
    let pad: Pad = try old.load().operation()
    #expect(pad.mode == .constant(5))
    #expect(try old.load().shape(for: [1, 3, 8, 8]) == [1, 3, 12, 14])
    let new = ModelBuilder.single(
      "Pad", operatorSet: 18, others: ["amounts", "", "axes"], ["mode": "reflect"]
    ) {
      $0.integers("amounts", [1, 2, 3, 4])
      $0.integers("axes", [-2, -1])
    }
    #expect(try new.load().operation(as: Pad.self).mode == .reflect)
    #expect(try new.load().shape(for: [1, 3, 8, 8]) == [1, 3, 12, 14])
  }

  /// Protects the bounds of Slice.
  @Test func slice() throws {
    let old = ModelBuilder.single(
      "Slice", operatorSet: 9, ["starts": [1], "ends": [-1], "axes": [3]])
    #expect(try old.load().shape(for: [1, 3, 8, 8]) == [1, 3, 8, 6])
    let new = ModelBuilder.single("Slice", operatorSet: 13, others: ["s", "e", "a", "t"]) {
      $0.integers("s", [-1])
      $0.integers("e", [Int64.min])
      $0.integers("a", [3])
      $0.integers("t", [-2])
    }
    #expect(try new.load().shape(for: [1, 3, 8, 8]) == [1, 3, 8, 4])
  }

  /// Protects the axes of Squeeze and Unsqueeze.
  @Test(arguments: [11, 13])
  func squeezeAndUnsqueeze(operatorSet: Int) throws {
    var model = ModelBuilder(operatorSet: operatorSet)
    model.input("x", [1, 3, 1, 1])
    if operatorSet < 13 {
      model.node("Squeeze", ["x"], ["a"], ["axes": [2, 3]])
      model.node("Unsqueeze", ["a"], ["y"], ["axes": [0]])
    } else {
      model.integers("last", [2, 3])
      model.integers("first", [0])
      model.node("Squeeze", ["x", "last"], ["a"])
      model.node("Unsqueeze", ["a", "first"], ["y"])
    }
    model.output("y")
    let loaded = try model.load()
    #expect(try loaded.shape(of: "a", for: [2, 3, 1, 1]) == [2, 3])
    #expect(try loaded.shape(for: [2, 3, 1, 1]) == [1, 2, 3])
  }

  /// Protects the sizes of Split, equal ones too.
  @Test(arguments: [7, 13, 18])
  func split(operatorSet: Int) throws {
    var model = ModelBuilder(operatorSet: operatorSet)
    model.input("x", [1, 7])
    model.integers("sizes", [2, 5])
    if operatorSet < 13 {
      model.node("Split", ["x"], ["a", "y"], ["axis": 1, "split": [2, 5]])
    } else {
      model.node("Split", ["x", "sizes"], ["a", "y"], ["axis": 1])
    }
    model.output("y")
    #expect(try model.load().shape(for: [3, 7]) == [3, 5])
  }

  /// Protects the last, smaller part of a split into equal ones.
  @Test func splitIntoParts() throws {
    var model = ModelBuilder(operatorSet: 18)
    model.input("x", [1, 7])
    model.node("Split", ["x"], ["a", "b", "y"], ["axis": 1, "num_outputs": 3])
    model.output("y")
    #expect(try model.load().shape(for: [1, 7]) == [1, 1])
  }

  /// Protects the axes of ReduceMean; no axes mean all of them, or none at all on demand.
  @Test func mean() throws {
    let old = ModelBuilder.single("ReduceMean", operatorSet: 13, ["axes": [2, 3], "keepdims": 0])
    #expect(try old.load().shape(for: [2, 3, 8, 8]) == [2, 3])
    let new = ModelBuilder.single("ReduceMean", operatorSet: 18, others: ["axes"]) {
      $0.integers("axes", [-1])
    }
    #expect(try new.load().shape(for: [2, 3, 8, 8]) == [2, 3, 8, 1])
    let all = ModelBuilder.single("ReduceMean", operatorSet: 18)
    #expect(try all.load().shape(for: [2, 3, 8, 8]) == [1, 1, 1, 1])
    let none = ModelBuilder.single("ReduceMean", operatorSet: 18, ["noop_with_empty_axes": 1])
    #expect(try none.load().shape(for: [2, 3, 8, 8]) == [2, 3, 8, 8])
  }

  /// Protects Dropout, whose ratio moved and means nothing after training.
  @Test func dropout() throws {
    for model in [
      ModelBuilder.single("Dropout", operatorSet: 7, ["ratio": 0.5]),
      .single("Dropout", operatorSet: 13, others: ["ratio"]) { $0.floats("ratio", [], [0.5]) },
    ] {
      let loaded = try model.load()
      #expect(try loaded.operation(as: Identity.self).kind == "Dropout")
      #expect(loaded.warnings.isEmpty)
    }
  }

  /// Protects Softmax before operator set 13: all axes from `axis` on were one. The softmax itself keeps
  /// the node's name, so that it can be replaced.
  @Test func softmax() throws {
    let vector = try ModelBuilder.single("Softmax", shape: [1, 10], operatorSet: 11).load()
    #expect(try vector.function() == .softmax(axis: 1))
    #expect(vector.network.layers.count == 1)
    let map = try ModelBuilder.single("Softmax", shape: [1, 3, 8, 8], operatorSet: 11).load()
    #expect(try map.function() == .softmax(axis: -1))
    #expect(try map.shape(of: "node/flattened", for: [2, 3, 8, 8]) == [2, 192])
    #expect(try map.shape(for: [2, 3, 8, 8]) == [2, 3, 8, 8])
    let linear = try map.network.replacingActivation(of: "node", with: .linear)
    #expect(try linear.layer("node").operation.kind == "Linear")
  }

  /// Protects the resampling rule of Upsample and of the first Resize: corners, fractions cut off.
  @Test func upsample() throws {
    let models = [
      ModelBuilder.single("Upsample", operatorSet: 7, ["scales": .floats([1, 1, 2, 2])]),
      .single("Upsample", operatorSet: 9, others: ["s"]) { $0.floats("s", [4], [1, 1, 2, 2]) },
      .single("Resize", operatorSet: 10, others: ["s"]) { $0.floats("s", [4], [1, 1, 2, 2]) },
    ]
    for model in models {
      let resize: Resize = try model.load().operation()
      #expect(resize.interpolation == .nearest(.floor))
      #expect(resize.coordinates == .asymmetric)
    }
  }

  /// Protects the warning that a file is newer than the importer, which tries it all the same.
  @Test func newerOperatorSet() throws {
    let loaded = try ModelBuilder.single("Relu", operatorSet: 26).load()
    #expect(loaded.warnings.count == 1)
    #expect(loaded.warnings.first?.contains("26") ?? false)
    #expect(try ModelBuilder.single("Relu", operatorSet: 25).load().warnings.isEmpty)
  }

  /// Protects the warning about an attribute that no rule here knows.
  @Test func unknownAttribute() throws {
    let loaded = try ModelBuilder.single("Relu", ["novelty": 1]).load()
    #expect(loaded.warnings.count == 1)
    #expect(loaded.warnings.first?.contains("novelty") ?? false)
  }
}
