internal import NetworkFormats

extension CallArguments<ValueReference> {
  /// A call as a model's configuration writes it.
  ///
  /// Keras 3 writes `{"args": …, "kwargs": …}` with tensors marked as such. Keras 2 writes the first argument's
  /// references, `[layer, call, tensor, named arguments]`, in a list if the argument is one.
  init(_ node: JSONValue) throws(KerasError.Problem) {
    self.init(positional: [], named: [:])
    if let arguments = node["args"] {
      positional = (arguments.array ?? [arguments]).map(Self.marked)
      named = Self.members(of: node["kwargs"]).mapValues(Self.marked)
      return
    }
    if let constant = node.array, constant.count > 3, constant[0].string == Self.constantMark {
      positional = [.setting(constant[2])]
      named = Self.members(of: constant[3]).mapValues(Self.unmarked)
    } else if ValueReference(node) != nil {
      positional = [try reference(node)]
    } else if case .object(let members) = node {
      // A dictionary of inputs, which Keras flattens by its keys.
      positional = [.list(try list(members.sorted { $0.key < $1.key }.map(\.value)))]
    } else {
      positional = [.list(try list(node.array ?? []))]
    }
  }

  /// What stands for the layer where Keras 2 writes a number as the first argument.
  private static let constantMark = "_CONSTANT_VALUE"

  private mutating func list(_ elements: [JSONValue]) throws(KerasError.Problem) -> [Argument] {
    var result: [Argument] = []
    for element in elements { result.append(try reference(element)) }
    return result
  }

  /// A reference of Keras 2, and the named arguments that it repeats.
  private mutating func reference(_ json: JSONValue) throws(KerasError.Problem) -> Argument {
    if let constant = json.array, constant.count > 2, constant[0].string == Self.constantMark {
      return .setting(constant[2])
    }
    guard let reference = ValueReference(json) else {
      throw .configuration(key: "inbound_nodes", reason: "an input is no reference to a layer")
    }
    if let parts = json.array, parts.count > 3 {
      guard case .object(let members) = parts[3] else {
        throw .configuration(key: "inbound_nodes", reason: "a call has malformed arguments")
      }
      named.merge(members.mapValues(Self.unmarked)) { first, _ in first }
    }
    return .value(reference)
  }

  private static func members(of json: JSONValue?) -> [String: JSONValue] {
    if case .object(let members)? = json { members } else { [:] }
  }

  /// An argument of Keras 3.
  private static func marked(_ json: JSONValue) -> Argument {
    if json["class_name"]?.string == "__keras_tensor__" {
      return (json["config"]?["keras_history"]).flatMap { ValueReference($0) }
        .map { .value($0) } ?? .setting(json)
    }
    let elements: [JSONValue]
    if let list = json.array ?? json["items"]?.array {
      elements = list
    } else if case .object(let members) = json, members["class_name"] == nil {
      elements = members.sorted { $0.key < $1.key }.map(\.value)
    } else {
      return .setting(json)
    }
    let arguments = elements.map(marked)
    return arguments.contains { !$0.values.isEmpty } ? .list(arguments) : .setting(json)
  }

  /// A named argument of Keras 2: a value is written like any list of a name and two numbers.
  private static func unmarked(_ json: JSONValue) -> Argument {
    guard let elements = json.array else { return .setting(json) }
    if elements.count == 3, let reference = ValueReference(json) { return .value(reference) }
    let arguments = elements.map(unmarked)
    return arguments.contains { !$0.values.isEmpty } ? .list(arguments) : .setting(json)
  }
}
