import ConvolutionalNetworks
import Foundation

@testable import NetworkFormats

/// Builds small ONNX models from the schema's messages, so that tests need no binary fixtures.
struct ModelBuilder {
  var model = ONNXModelProto()

  init(operatorSet: Int = 17) {
    var operators = ONNXOperatorSetIdProto()
    operators.version = Int64(operatorSet)
    model.opsetImport = [operators]
    model.irVersion = 8
  }

  /// Declares an input; `nil` is a free extent.
  mutating func input(
    _ name: String, _ shape: [Int64?], type: ONNXTensorProto.DataType = .float
  ) {
    var info = ONNXValueInfoProto()
    info.name = name
    info.type.tensorType.elemType = Int32(type.rawValue)
    info.type.tensorType.shape.dim = shape.map { extent in
      var dimension = ONNXTensorShapeProto.Dimension()
      dimension.value = extent.map { .dimValue($0) } ?? .dimParam("free")
      return dimension
    }
    model.graph.input.append(info)
  }

  mutating func output(_ name: String) {
    var info = ONNXValueInfoProto()
    info.name = name
    model.graph.output.append(info)
  }

  mutating func floats(_ name: String, _ shape: [Int64], _ elements: [Float]) {
    var tensor = ONNXTensorProto(floats: elements, shape: shape)
    tensor.name = name
    model.graph.initializer.append(tensor)
  }

  mutating func integers(_ name: String, _ elements: [Int64], shape: [Int64]? = nil) {
    var tensor = ONNXTensorProto(integers: elements, shape: shape ?? [Int64(elements.count)])
    tensor.name = name
    model.graph.initializer.append(tensor)
  }

  mutating func node(
    _ operatorName: String, _ inputs: [String], _ outputs: [String], name: String? = nil,
    domain: String = "", _ attributes: [String: AttributeValue] = [:]
  ) {
    var node = ONNXNodeProto()
    node.opType = operatorName
    node.input = inputs
    node.output = outputs
    node.name = name ?? ""
    node.domain = domain
    node.attribute = attributes.map { $0.value.message(named: $0.key) }
    // Taken out meanwhile: appended in place, the graph would be copied each time.
    var graph = model.graph
    model.clearGraph()
    graph.node.append(node)
    model.graph = graph
  }

  /// The graph alone, as the body of a node.
  var body: AttributeValue { .graph(model.graph) }

  /// Makes the nodes of a graph, with its inputs and outputs, an operator of the model.
  mutating func function(
    _ name: String, domain: String, defaults: [String: AttributeValue] = [:],
    _ builder: ModelBuilder
  ) {
    var function = ONNXFunctionProto()
    (function.name, function.domain) = (name, domain)
    function.input = builder.model.graph.input.map(\.name)
    function.output = builder.model.graph.output.map(\.name)
    function.node = builder.model.graph.node
    function.opsetImport = builder.model.opsetImport
    function.attributeProto = defaults.map { $0.value.message(named: $0.key) }
    model.functions.append(function)
  }

  /// Imports the model as if it were read from a file in `folder`.
  func load(
    constants: [String: Tensor] = [:], folder: URL = FileManager.default.temporaryDirectory
  ) throws(ONNXError) -> LoadedNetwork {
    try ONNXFile.load(model, path: "model.onnx", folder: folder, constants: constants)
  }
}

extension ModelBuilder {
  /// A model of one node that reads the float input `x` of shape `shape` and writes `y`.
  static func single(
    _ operatorName: String, shape: [Int64?] = [1, 3, 8, 8], operatorSet: Int = 17,
    others: [String] = [], _ attributes: [String: AttributeValue] = [:],
    _ fill: (inout ModelBuilder) -> Void = { _ in }
  ) -> ModelBuilder {
    var builder = ModelBuilder(operatorSet: operatorSet)
    builder.input("x", shape)
    fill(&builder)
    builder.node(operatorName, ["x"] + others, ["y"], name: "node", attributes)
    builder.output("y")
    return builder
  }
}

extension ONNXTensorProto {
  init(floats: [Float], shape: [Int64]) {
    self.init()
    dims = shape
    dataType = Int32(DataType.float.rawValue)
    floatData = floats
  }

  init(integers: [Int64], shape: [Int64]) {
    self.init()
    dims = shape
    dataType = Int32(DataType.int64.rawValue)
    int64Data = integers
  }
}

/// The value of a node's attribute, as a literal where it can be.
enum AttributeValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
  case int(Int64)
  case float(Float)
  case string(String)
  case strings([String])
  case ints([Int64])
  case floats([Float])
  case tensor(ONNXTensorProto)
  case graph(ONNXGraphProto)
  /// Stands for an attribute of the function around.
  case reference(String)

  init(integerLiteral value: Int64) { self = .int(value) }
  init(floatLiteral value: Float) { self = .float(value) }
  init(stringLiteral value: String) { self = .string(value) }
  init(arrayLiteral elements: Int64...) { self = .ints(elements) }

  func message(named name: String) -> ONNXAttributeProto {
    var message = ONNXAttributeProto()
    message.name = name
    switch self {
    case .int(let value): (message.i, message.type) = (value, .int)
    case .float(let value): (message.f, message.type) = (value, .float)
    case .string(let value): (message.s, message.type) = (Data(value.utf8), .string)
    case .strings(let values):
      (message.strings, message.type) = (values.map { Data($0.utf8) }, .strings)
    case .ints(let values): (message.ints, message.type) = (values, .ints)
    case .floats(let values): (message.floats, message.type) = (values, .floats)
    case .tensor(let value): (message.t, message.type) = (value, .tensor)
    case .graph(let value): (message.g, message.type) = (value, .graph)
    case .reference(let value): message.refAttrName = value
    }
    return message
  }
}
