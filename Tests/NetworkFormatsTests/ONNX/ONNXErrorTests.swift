import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// A file from outside must never stop the process, and its error must say where to look.
@Suite("ONNX: errors")
struct ONNXErrorTests {
  private func problem(of model: ModelBuilder) throws -> ONNXError.Problem {
    let error = #expect(throws: ONNXError.self) { try model.load() }
    return try #require(error).problem
  }

  /// Protects file, node and operator in the error and its text.
  @Test func unsupportedOperator() throws {
    let error = #expect(throws: ONNXError.self) { try ModelBuilder.single("Mystery").load() }
    #expect(error?.file == "model.onnx")
    #expect(error?.node == "node")
    #expect(error?.operatorName == "Mystery")
    #expect(error?.problem == .unsupportedOperator(domain: ""))
    #expect("\(try #require(error))".hasPrefix("model.onnx: node 'node' (Mystery): "))
  }

  /// Protects operators of other domains that share a name with ONNX's.
  @Test func unsupportedDomain() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.node("Relu", ["x"], ["y"], domain: "com.example")
    #expect(try problem(of: model) == .unsupportedOperator(domain: "com.example"))
  }

  /// Protects attribute values that would change the result if they were ignored.
  @Test(
    arguments: [
      ("Resize", ["mode": "lanczos"], "mode"),
      ("Gelu", ["approximate": "erf"], "approximate"),
      ("Pad", ["mode": "mirror"], "mode"),
      ("DepthToSpace", ["mode": "RCD", "blocksize": 2], "mode"), ("Cast", ["to": 14], "to"),
      ("MaxPool", ["kernel_shape": [2, 2], "auto_pad": "SAME"], "auto_pad"),
      (
        "Resize", ["coordinate_transformation_mode": "tf_half_pixel_for_nn"],
        "coordinate_transformation_mode"
      ),
    ] as [(String, [String: AttributeValue], String)])
  func unsupportedAttribute(
    operatorName: String, attributes: [String: AttributeValue], name: String
  ) throws {
    let model = ModelBuilder.single(
      operatorName, others: operatorName == "Resize" ? ["", "s"] : [], attributes
    ) { $0.floats("s", [4], [1, 1, 2, 2]) }
    guard case .unsupportedAttribute(name, _) = try problem(of: model) else {
      Issue.record("\(try problem(of: model))")
      return
    }
  }

  /// Protects against attributes that break a rule, at the edges of the integers too.
  @Test(
    arguments: [
      ("MaxPool", ["kernel_shape": [2, 2], "strides": [0, 1]], "strides"),
      ("MaxPool", ["kernel_shape": [2, 2], "pads": [0, 0, -1, 0]], "pads"),
      ("MaxPool", ["kernel_shape": [2, 2], "dilations": [.max, 1]], "dilations"),
      ("MaxPool", ["kernel_shape": [2, 2], "strides": 2], "strides"),
      ("LRN", ["size": 0], "size"), ("LRN", [:], "size"), ("Concat", [:], "axis"),
      ("Split", ["split": [.max, .max]], "split"),
      ("LpPool", ["kernel_shape": [2, 2], "p": 0], "p"), ("DepthToSpace", [:], "blocksize"),
      ("SpaceToDepth", ["blocksize": .int(.min)], "blocksize"),
    ] as [(String, [String: AttributeValue], String)])
  func invalidAttribute(
    operatorName: String, attributes: [String: AttributeValue], name: String
  ) throws {
    let model = ModelBuilder.single(operatorName, operatorSet: 11, attributes)
    guard case .invalidAttribute(name, _) = try problem(of: model) else {
      Issue.record("\(try problem(of: model))")
      return
    }
  }

  /// Protects against group counts that do not divide the channels.
  @Test(arguments: [0, 3, Int64.max, Int64.min])
  func invalidGroups(groups: Int64) throws {
    let model = ModelBuilder.single("Conv", others: ["w"], ["group": .int(groups)]) {
      $0.floats("w", [2, 3, 1, 1], [Float](repeating: 1, count: 6))
    }
    guard case .invalidAttribute("group", _) = try problem(of: model) else {
      Issue.record("\(try problem(of: model))")
      return
    }
  }

  /// Protects against graphs that wait for themselves.
  @Test func cycle() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.node("Add", ["x", "b"], ["a"], name: "first")
    model.node("Relu", ["a"], ["b"], name: "second")
    model.output("b")
    #expect(try problem(of: model) == .cycle(nodes: ["first", "second"]))
  }

  /// Protects against values that nothing writes, also as outputs, and against those written twice.
  @Test func dangling() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.node("Relu", ["nothing"], ["y"])
    #expect(try problem(of: model) == .undefinedValue("nothing"))
    model.model.graph.node = []
    model.node("Relu", ["x"], ["y"])
    model.output("z")
    #expect(try problem(of: model) == .undefinedValue("z"))
    model.node("Tanh", ["x"], ["y"])
    #expect(try problem(of: model) == .duplicateValue("y"))
  }

  /// Protects against nodes with too few inputs or outputs.
  @Test func missingValues() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3])
    model.node("Relu", [], ["y"])
    #expect(try problem(of: model) == .missingInput(position: 0))
    model.model.graph.node = []
    model.node("Add", ["x"], ["y"])
    #expect(try problem(of: model) == .missingInput(position: 1))
    model.model.graph.node = []
    model.node("Relu", ["x"], [])
    #expect(try problem(of: model) == .unsupported("a node without outputs"))
  }

  /// Protects weights that only running the network would tell.
  @Test func weightsThatAreNotConstant() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3, 8, 8])
    model.input("w", [2, 3, 1, 1])
    model.node("Conv", ["x", "w"], ["y"])
    #expect(try problem(of: model) == .notConstant("w"))
  }

  /// Protects outputs that only training needs, such as a mask of dropout: an error where one is read, else not.
  @Test func outputsOfTraining() throws {
    var model = ModelBuilder()
    model.input("x", [1, 3, 8, 8])
    model.node("Dropout", ["x"], ["y", "mask"], name: "dropout")
    model.output("y")
    #expect(try model.load().network.outputs == ["y"])
    model.output("mask")
    let loaded = try model.load()
    #expect(loaded.network.outputs == ["y"])
    #expect(loaded.warnings.count == 1)
    model = ModelBuilder()
    model.input("x", [1, 3, 8, 8])
    model.node("Dropout", ["x"], ["y", "mask"], name: "dropout")
    model.output("mask")
    #expect(try problem(of: model) == .unsupportedOutput("mask", of: "dropout"))
  }

  /// Protects against control flow that depends on values.
  @Test func subgraphs() throws {
    #expect(try problem(of: .single("Scan")) == .subgraph)
  }

  /// Protects the limits of what is supported: four spatial axes, training, old operators.
  @Test func unsupportedUses() throws {
    let pooling = ModelBuilder.single(
      "MaxPool", shape: [1, 1, 4, 4, 4, 4], ["kernel_shape": [2, 2, 2, 2]])
    #expect(try problem(of: pooling) == .unsupported("pooling over 4 axes"))
    let convolution = ModelBuilder.single("Conv", shape: [1, 1, 4, 4, 4, 4], others: ["w"]) {
      $0.floats("w", [1, 1, 1, 1, 1, 1], [1])
    }
    #expect(try problem(of: convolution) == .unsupported("a convolution over 4 axes"))
    let training = ModelBuilder.single("BatchNormalization", ["training_mode": 1])
    #expect(try problem(of: training) == .unsupportedAttribute("training_mode", value: "1"))
    #expect(try problem(of: .single("Relu", operatorSet: 0)) == .unsupportedOperatorSet(0))
  }

  /// Protects arithmetic on integers that the network would do in floats.
  @Test func integersInTheNetwork() throws {
    for operatorName in ["Pow", "Sqrt", "ReduceMean", "ReduceL2"] {
      var model = ModelBuilder()
      model.input("x", [1, 3], type: .int32)
      let isBinary = operatorName == "Pow"
      model.node(operatorName, isBinary ? ["x", "x"] : ["x"], ["y"])
      guard case .unsupported = try problem(of: model) else {
        Issue.record("\(try problem(of: model))")
        continue
      }
    }
  }

  /// Protects against shapes that the network would have to compute.
  @Test func shapeOfComputedNumbers() throws {
    let model = ModelBuilder.single("NonZero")
    #expect(try problem(of: model) == .notConstant("x"))
  }

  /// Protects shape arithmetic that fails.
  @Test func shapeArithmetic() throws {
    var model = ModelBuilder()
    model.integers("a", [1, 2])
    model.integers("b", [1, 0])
    model.node("Div", ["a", "b"], ["y"])
    guard case .shapeArithmetic = try problem(of: model) else {
      Issue.record("\(try problem(of: model))")
      return
    }
  }

  /// Protects against weights that would silently spoil every picture.
  @Test func weightsThatAreNotNumbers() throws {
    let model = ModelBuilder.single("MatMul", shape: [1, 1], others: ["w"]) {
      $0.floats("w", [1, 1], [.nan])
    }
    #expect(
      try problem(of: model)
        == .network(.nonFiniteWeight(layer: "node", parameter: "weights")))
  }
}
