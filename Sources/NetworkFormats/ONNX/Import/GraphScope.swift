/// Where nodes stand. Those of a body, a branch or a function are imported into the graph around it under names of their
/// own, since a body may be imported several times.
struct GraphScope {
  /// What stands before the names of layers, such as `if_3/then/`.
  var prefix = ""
  /// The names that the graph has for values of the body, by the body's names.
  var values: [String: String] = [:]
  /// What the attributes are that nodes of a function refer to, by the function's names; `nil` outside of functions.
  var attributes: [String: ONNXAttributeProto]?
  /// How many bodies there are around.
  var depth = 0

  /// The name in the graph of a value that a body names.
  func value(_ name: String) -> String { values[name] ?? name }

  /// The attribute that stands for one of a function's body; `nil` where the function was not given it.
  func attribute(_ attribute: ONNXAttributeProto) -> ONNXAttributeProto? {
    guard attribute.hasRefAttrName, !attribute.refAttrName.isEmpty else { return attribute }
    guard var given = attributes?[attribute.refAttrName] else { return nil }
    given.name = attribute.name
    return given
  }
}

extension ONNXGraphProto {
  /// The values that nodes read, here or in bodies within, and that the graph around has to have.
  var freeNames: Set<String> {
    var own = Set(initializer.map(\.name))
    own.formUnion(input.map(\.name))
    var read: Set<String> = Set(output.map(\.name))
    for node in node {
      own.formUnion(node.output)
      read.formUnion(node.input)
      for attribute in node.attribute where attribute.hasG { read.formUnion(attribute.g.freeNames) }
    }
    return read.subtracting(own).subtracting([""])
  }
}
