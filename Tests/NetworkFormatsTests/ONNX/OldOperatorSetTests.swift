import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects nodes as operator sets 1 to 6 have them: results are those that the operators' former specifications state
/// (https://onnx.ai/onnx/operators/).
@Suite("ONNX: operator sets 1 to 6")
struct OldOperatorSetTests {
  /// Protects `axis`: the second operand stands for channels, though they are not the last axis.
  @Test(arguments: ["Add", "Sub", "Mul", "Div", "Pow"])
  func broadcastingAlongAnAxis(operatorName: String) throws {
    let model = ModelBuilder.single(
      operatorName, shape: [1, 2, 1, 2], operatorSet: 6, others: ["b"],
      ["broadcast": 1, "axis": 1]
    ) { $0.floats("b", [2], [2, 3]) }
    let expected: [Float]
    switch operatorName {
    case "Add": expected = [3, 4, 6, 7]
    case "Sub": expected = [-1, 0, 0, 1]
    case "Mul": expected = [2, 4, 9, 12]
    case "Div": expected = [0.5, 1, 1, 4.0 / 3]
    default: expected = [1, 4, 27, 64]
    }
    try expect(model, [1, 2, 3, 4], shape: [1, 2, 1, 2], gives: expected)
  }

  /// Protects broadcasting without an axis, or along −1: the last axes.
  @Test(arguments: [nil, -1] as [Int64?])
  func broadcastingAlongTheLastAxes(axis: Int64?) throws {
    var attributes: [String: AttributeValue] = ["broadcast": 1]
    attributes["axis"] = axis.map { .int($0) }
    let model = ModelBuilder.single(
      "Add", shape: [1, 2, 1, 2], operatorSet: 1, others: ["b"], attributes
    ) { $0.floats("b", [2], [10, 20]) }
    try expect(model, [1, 2, 3, 4], shape: [1, 2, 1, 2], gives: [11, 22, 13, 24])
  }

  /// Protects the refusal of an axis that leaves too few.
  @Test func broadcastingPastTheLastAxis() throws {
    let model = ModelBuilder.single(
      "Add", operatorSet: 6, others: ["b"], ["broadcast": 1, "axis": 4]
    ) { $0.floats("b", [3], [1, 2, 3]) }
    let error = #expect(throws: ONNXError.self) { try model.load() }
    #expect(error?.node == "node")
    #expect("\(error?.problem.description ?? "")".contains("axis"))
  }

  /// Protects a slope for each channel, which meets the second axis.
  @Test func parametricReLU() throws {
    let model = ModelBuilder.single(
      "PRelu", shape: [1, 2, 1, 2], operatorSet: 6, others: ["slopes"]
    ) { $0.floats("slopes", [2], [0.5, 0.25]) }
    try expect(model, [-2, 2, -4, 4], shape: [1, 2, 1, 2], gives: [-1, 2, -1, 4])
  }

  /// Protects shapes, amounts, scales, sizes and repeats in attributes, and names that have changed.
  @Test func attributesThatBecameInputs() throws {
    let reshape = ModelBuilder.single(
      "Reshape", shape: [1, 4], operatorSet: 1,
      ["shape": [0, 2, -1], "consumed_inputs": [0]])
    #expect(try reshape.load().shape(for: [3, 4]) == [3, 2, 2])
    #expect(try reshape.load().warnings.isEmpty)

    let tile = ModelBuilder.single(
      "Tile", shape: [1, 2], operatorSet: 1, others: ["tiles", "axis"]
    ) {
      $0.integers("tiles", [2], shape: [])
      $0.integers("axis", [1], shape: [])
    }
    try expect(tile, [1, 2], shape: [1, 2], gives: [1, 2, 1, 2])

    let pad = ModelBuilder.single(
      "Pad", shape: [1, 1, 1, 2], operatorSet: 1,
      ["paddings": [0, 0, 0, 1, 0, 0, 0, 1], "value": 9.0])
    try expect(pad, [1, 2], shape: [1, 1, 1, 2], gives: [9, 1, 2, 9])

    let upsample = ModelBuilder.single(
      "Upsample", shape: [1, 1, 1, 2], operatorSet: 1,
      ["height_scale": 2.0, "width_scale": 1.0, "mode": "nearest"])
    try expect(upsample, [1, 2], shape: [1, 1, 1, 2], gives: [1, 2, 1, 2])
    let bilinear = ModelBuilder.single(
      "Upsample", shape: [1, 1, 1, 2], operatorSet: 1,
      ["height_scale": 1.0, "width_scale": 2.0, "mode": "bilinear"])
    try expect(bilinear, [1, 3], shape: [1, 1, 1, 2], gives: [1, 2, 3, 3])
  }

  /// Protects Split's sizes as an input, and Concat's axis, which was 1 where none was given.
  @Test func splitAndConcat() throws {
    var model = ModelBuilder(operatorSet: 1)
    model.input("x", [1, 3])
    model.floats("sizes", [2], [1, 2])
    model.node("Split", ["x", "sizes"], ["a", "b"], ["axis": 1])
    model.node("Concat", ["b", "a"], ["y"])
    model.output("y")
    try expect(model, [1, 2, 3], shape: [1, 3], gives: [2, 3, 1])
  }

  /// Protects types written by name.
  @Test func cast() throws {
    let model = ModelBuilder.single("Cast", shape: [1, 2], operatorSet: 1, ["to": "FLOAT"])
    try expect(model, [1, 2], shape: [1, 2], gives: [1, 2])
    #expect(throws: ONNXError.self) {
      try ModelBuilder.single("Cast", operatorSet: 1, ["to": "NUMBER"]).load()
    }
  }

  /// Protects norms of a float order: `(Σ |x|^p)^(1/p)`.
  @Test(arguments: [1, 2, 3] as [Float])
  func normPooling(p: Float) throws {
    let expected = pow(pow(3, p) + pow(4, p), 1 / p)
    let whole = ModelBuilder.single(
      "GlobalLpPool", shape: [1, 1, 1, 2], operatorSet: 1, ["p": .float(p)])
    try expect(whole, [3, -4], shape: [1, 1, 1, 2], gives: [expected])
    let windows = ModelBuilder.single(
      "LpPool", shape: [1, 1, 1, 2], operatorSet: 1, ["p": .float(p), "kernel_shape": [1, 2]])
    try expect(windows, [3, -4], shape: [1, 1, 1, 2], gives: [expected])
  }

  /// Protects batch normalization by the file's statistics, of channels or, not `spatial`, of each element; training
  /// is told.
  @Test(arguments: [true, false], [0, 1] as [Int64])
  func batchNormalization(isSpatial: Bool, isTest: Int64) throws {
    let count = isSpatial ? 2 : 4
    let shape: [Int64] = isSpatial ? [2] : [2, 1, 2]
    let model = ModelBuilder.single(
      "BatchNormalization", shape: [1, 2, 1, 2], operatorSet: 6,
      others: ["scale", "shift", "mean", "variance"],
      [
        "spatial": .int(isSpatial ? 1 : 0), "is_test": .int(isTest), "epsilon": 0.0,
        "momentum": 0.9,
      ]
    ) { model in
      for (name, first) in [("scale", 1), ("shift", 10), ("mean", 2), ("variance", 4)] {
        let numbers = (0..<count).map { Float(first + (name == "variance" ? 0 : $0)) }
        model.floats(name, shape, numbers)
      }
    }
    let x: [Float] = [1, 2, 3, 4]
    let expected = x.indices.map { i in
      let k = Float(isSpatial ? i / 2 : i)
      return (x[i] - (2 + k)) / 2 * (1 + k) + 10 + k
    }
    try expect(model, x, shape: [1, 2, 1, 2], gives: expected)
    #expect(try model.load().warnings.count == (isTest == 0 ? 1 : 0))
  }

  /// Protects Dropout, whose mask nothing reads.
  @Test func dropout() throws {
    var model = ModelBuilder(operatorSet: 1)
    model.input("x", [1, 2])
    model.node(
      "Dropout", ["x"], ["y", "mask"], ["is_test": 1, "ratio": 0.5, "consumed_inputs": [0]])
    model.output("y")
    try expect(model, [1, 2], shape: [1, 2], gives: [1, 2])
    #expect(try model.load().warnings.isEmpty)
  }

  /// Protects the operators on trial in set 1, which converters wrote long after.
  @Test(arguments: [1, 9])
  func operatorsOnTrial(operatorSet: Int) throws {
    func single(_ name: String, _ attributes: [String: AttributeValue]) -> ModelBuilder {
      .single(name, shape: [1, 2, 1, 2], operatorSet: operatorSet, attributes)
    }
    let x: [Float] = [1, 2, 3, 4]
    let cases: [(ModelBuilder, [Float])] = [
      (single("Affine", ["alpha": 2.0, "beta": 1.0]), [3, 5, 7, 9]),
      (single("Scale", ["scale": 0.5]), [0.5, 1, 1.5, 2]),
      (single("ScaledTanh", ["alpha": 2.0, "beta": 0.5]), x.map { 2 * tanh($0 / 2) }),
      (
        single("ParametricSoftplus", ["alpha": 2.0, "beta": 0.5]),
        x.map { 2 * log(1 + exp($0 / 2)) }
      ),
      (single("ImageScaler", ["scale": 2.0, "bias": .floats([1, -1])]), [3, 5, 5, 7]),
      (single("Crop", ["border": [1, 0, 0, 0]]), [2, 4]),
      (single("Crop", ["border": [0, 0, 0, 0], "scale": [1, 1]]), [1, 3]),
      (single("MeanVarianceNormalization", [:]), [-1, 1, -1, 1]),
      (single("MeanVarianceNormalization", ["normalize_variance": 0]), [-0.5, 0.5, -0.5, 0.5]),
    ]
    for (model, expected) in cases where operatorSet == 1 || !model.isNormalization {
      try expect(model, x, shape: [1, 2, 1, 2], gives: expected)
    }
  }

  /// Protects tensors filled by a node.
  @Test func fills() throws {
    var model = ModelBuilder(operatorSet: 1)
    model.input("x", [1, 2])
    model.node("GivenTensorFill", [], ["a"], ["shape": [2], "values": .floats([1, 2])])
    model.node("ConstantFill", ["a"], ["b"], ["value": 10.0])
    model.node("Add", ["x", "a"], ["c"], ["broadcast": 1])
    model.node("Add", ["c", "b"], ["y"], ["broadcast": 1])
    model.output("y")
    try expect(model, [0, 0], shape: [1, 2], gives: [11, 12])
    // More than a file may make.
    var large = ModelBuilder(operatorSet: 1)
    large.input("x", [1])
    large.node("ConstantFill", [], ["y"], ["shape": [1 << 31, 1 << 31, 1 << 31]])
    large.output("y")
    #expect(throws: ONNXError.self) { try large.load() }
    // More than any machine has, where the limit would let it.
    var huge = ModelBuilder(operatorSet: 1)
    huge.input("x", [1])
    huge.node("ConstantFill", [], ["y"], ["shape": [1 << 31, 1 << 15]])
    huge.output("y")
    let error = #expect(throws: ONNXError.self) {
      try ONNXFile.load(
        huge.model, path: "model.onnx", folder: URL(filePath: "/"), constants: [:],
        limits: ReadingLimits(baseMemory: .max))
    }
    #expect("\(error, default: "none")".contains("there is no memory for the"))
  }

  /// Protects files from before sets were numbered: they are of the first.
  @Test func unstatedOperatorSet() throws {
    var model = ModelBuilder.single("Concat", shape: [1, 2], others: ["x"])
    model.model.opsetImport = []
    try expect(model, [1, 2], shape: [1, 2], gives: [1, 2, 1, 2])
  }

  /// Protects that a model of the first set is the same network as its newer form, layer by layer.
  @Test func layersKeepTheirNames() throws {
    let model = ModelBuilder.single(
      "Add", operatorSet: 3, others: ["b"], ["broadcast": 1, "axis": 1]
    ) { $0.floats("b", [3], [1, 2, 3]) }
    let network = try model.load().network
    #expect(try network.layer("node").operation is Arithmetic)
    // The constant beside it is turned when the file is read, and no layer does it.
    #expect(network.layers.count == 2)
  }

  private func expect(
    _ model: ModelBuilder, _ x: [Float], shape: [Int], gives expected: [Float],
    location: SourceLocation = #_sourceLocation
  ) throws {
    let network = try model.load().network
    let run = try LogicalRun(network, ["x": Tensor(shape: shape, elements: x)])
    let actual = try #require(run.outputs.first).elements
    #expect(actual.count == expected.count, sourceLocation: location)
    for (actual, expected) in zip(actual, expected) {
      #expect(abs(actual - expected) <= 1e-5 * abs(expected), sourceLocation: location)
    }
  }
}

extension ModelBuilder {
  fileprivate var isNormalization: Bool {
    model.graph.node[0].opType == "MeanVarianceNormalization"
  }
}
