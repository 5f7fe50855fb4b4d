import Foundation
import SwiftProtobuf

/// A node of an ONNX graph; it remembers which of its attributes were asked for.
final class ONNXNode {
  /// The node's name, or its first output's where it has none.
  let name: String
  let operatorName: String
  let domain: String
  /// The names of the values read; an empty one is left out.
  let inputs: [String]
  /// The names of the values written; an empty one is left out.
  let outputs: [String]
  /// The version of the operators that the file follows.
  let operatorSet: Int

  /// What tells functions of one name apart.
  let overload: String
  /// Where the node stands: in the file's graph, or in a body within it.
  let scope: GraphScope

  private let attributes: [String: ONNXAttributeProto]
  private var unread: Set<String>

  init(_ node: ONNXNodeProto, operatorSet: Int, scope: GraphScope = GraphScope()) {
    let name = node.name.isEmpty ? node.output.first { !$0.isEmpty } ?? node.opType : node.name
    self.name = scope.prefix + name
    operatorName = node.opType
    domain = node.domain == "ai.onnx" ? "" : node.domain
    overload = node.overload
    inputs = node.input.map { scope.value($0) }
    outputs = node.output.map { scope.value($0) }
    self.operatorSet = operatorSet
    self.scope = scope
    attributes = Dictionary(
      node.attribute.compactMap { attribute in
        scope.attribute(attribute).map { ($0.name, $0) }
      }
    ) { first, _ in first }
    unread = Set(attributes.keys)
    original = nil
    // Sets 1 to 5 say here which inputs may be overwritten.
    if operatorSet < 6 { unread.remove("consumed_inputs") }
  }

  /// The node that this one was made of, whose attributes it has.
  private let original: ONNXNode?

  /// What `node` amounts to, on other inputs: a node of another operator, with the same attributes unless told otherwise.
  ///
  /// - Parameter operatorName: an operator of ONNX's own.
  init(
    _ node: ONNXNode, as operatorName: String, named name: String? = nil, inputs: [String]? = nil,
    outputs: [String]? = nil, attributes: [String: ONNXAttributeProto]? = nil,
    operatorSet: Int? = nil
  ) {
    self.name = name ?? node.name
    self.operatorName = operatorName
    domain = ""
    (overload, scope) = ("", node.scope)
    self.inputs = inputs ?? node.inputs
    self.outputs = outputs ?? node.outputs
    self.operatorSet = operatorSet ?? node.operatorSet
    self.attributes = attributes ?? node.attributes
    unread = []
    original = node
  }

  /// The values that must be known before the node is imported: its inputs, and what bodies read of the graph around.
  var reads: [String] {
    inputs + attributes.values.flatMap { $0.hasG ? $0.g.freeNames.map(scope.value) : [] }
  }

  /// All attributes, as a function that the node calls is given them.
  func allAttributes() -> [String: ONNXAttributeProto] {
    unread = []
    return attributes
  }

  /// The graph that an attribute holds.
  func graph(_ name: String) throws(ONNXError.Problem) -> ONNXGraphProto? {
    try attribute(name, .graph)?.g
  }

  /// The same node in another form: as another operator, with other inputs, without some attributes and with others.
  func rewritten(
    as operatorName: String? = nil, inputs: [String]? = nil, without removed: Set<String> = [],
    with added: [String: ONNXAttribute] = [:], operatorSet: Int
  ) -> ONNXNode {
    // Another operator knows nothing of this one's attributes.
    var attributes =
      operatorName == nil
      ? attributes.filter { !removed.contains($0.key) && $0.key != "consumed_inputs" } : [:]
    for (name, attribute) in added { attributes[name] = attribute.proto(named: name) }
    for name in removed { markRead(name) }
    return ONNXNode(
      self, as: operatorName ?? self.operatorName, inputs: inputs, attributes: attributes,
      operatorSet: operatorSet)
  }

  /// The attributes that nobody asked for.
  var unreadAttributes: [String] { unread.sorted() }

  /// Whether the input at `position` is given.
  func hasInput(_ position: Int) -> Bool { position < inputs.count && !inputs[position].isEmpty }

  /// The name of the output at `position`; `nil` where it is left out.
  func output(_ position: Int) -> String? {
    outputs.indices.contains(position) && !outputs[position].isEmpty ? outputs[position] : nil
  }

  func int(_ name: String) throws(ONNXError.Problem) -> Int? {
    try attribute(name, .int).map { Int($0.i) }
  }

  func int(_ name: String, default value: Int) throws(ONNXError.Problem) -> Int {
    try int(name) ?? value
  }

  /// Whether a flag, an integer in the file, is set.
  func flag(_ name: String, default value: Bool = false) throws(ONNXError.Problem) -> Bool {
    try int(name).map { $0 != 0 } ?? value
  }

  func ints(_ name: String) throws(ONNXError.Problem) -> [Int]? {
    try attribute(name, .ints)?.ints.map { Int($0) }
  }

  func float(_ name: String, default value: Float) throws(ONNXError.Problem) -> Float {
    try float(name) ?? value
  }

  func float(_ name: String) throws(ONNXError.Problem) -> Float? { try attribute(name, .float)?.f }

  func floats(_ name: String) throws(ONNXError.Problem) -> [Float]? {
    try attribute(name, .floats)?.floats
  }

  func string(_ name: String, default value: String) throws(ONNXError.Problem) -> String {
    try attribute(name, .string).map { String(decoding: $0.s, as: UTF8.self) } ?? value
  }

  func strings(_ name: String) throws(ONNXError.Problem) -> [String]? {
    try attribute(name, .strings)?.strings.map { String(decoding: $0, as: UTF8.self) }
  }

  func tensor(_ name: String) throws(ONNXError.Problem) -> ONNXTensorProto? {
    try attribute(name, .tensor)?.t
  }

  /// One of the values that a string attribute may have here.
  func choice<Value>(_ name: String, default value: String, of values: [String: Value])
    throws(ONNXError.Problem) -> Value
  {
    let string = try string(name, default: value)
    guard let result = values[string] else {
      throw .unsupportedAttribute(name, value: "'\(string)'")
    }
    return result
  }

  /// Refuses an attribute that is set to anything but `value`.
  func require(_ name: String, toBe value: Int) throws(ONNXError.Problem) {
    guard let actual = try int(name), actual != value else { return }
    throw .unsupportedAttribute(name, value: "\(actual)")
  }

  /// Notes that an attribute was asked for, here and of the node that this one was made of.
  private func markRead(_ name: String) {
    unread.remove(name)
    original?.markRead(name)
  }

  private func attribute(_ name: String, _ type: ONNXAttributeProto.AttributeType)
    throws(ONNXError.Problem) -> ONNXAttributeProto?
  {
    markRead(name)
    guard let attribute = attributes[name] else { return nil }
    guard [type, .undefined].contains(attribute.type) else {
      throw .invalidAttribute(name, reason: "it should be of type \(type)")
    }
    return attribute
  }
}
