internal import ConvolutionalNetworks
internal import NetworkFormats

/// One layer as the model's configuration describes it.
struct LayerConfiguration {
  let className: String
  let name: String
  let config: JSONValue
  /// The model that the layer is, if it is one.
  let model: JSONValue?
  let kerasVersion: Int
  private let nodes: [JSONValue]

  private static let longestClassName = 256

  init(_ json: JSONValue, kerasVersion: Int) throws(KerasError.Problem) {
    guard let className = json["class_name"]?.string, let config = json["config"],
      let name = json["name"]?.string ?? config["name"]?.string
    else { throw .configuration(key: "layers", reason: "a layer has no class, name or config") }
    guard className.utf8.count <= Self.longestClassName else {
      throw .configuration(
        key: "class_name", reason: "has \(className.utf8.count) bytes, more than any class of Keras"
      )
    }
    self.className = className
    self.name = name
    self.config = config
    self.kerasVersion = kerasVersion
    model = ModelConfiguration.classes.contains(className) ? json : nil
    nodes = json["inbound_nodes"]?.array ?? []
  }

  /// What each of the layer's calls reads; in a Sequential model it has none.
  func calls() throws(KerasError.Problem) -> [[ValueReference]] {
    var calls: [[ValueReference]] = []
    for node in nodes { calls.append(try Self.inputs(of: node)) }
    return calls
  }

  /// Keras 2 writes a call as a list of `[layer, node, tensor, arguments]`, Keras 3 with tensors in `args`.
  private static func inputs(of node: JSONValue) throws(KerasError.Problem) -> [ValueReference] {
    guard let arguments = node["args"] else {
      var inputs: [ValueReference] = []
      for input in node.array ?? [] {
        guard let reference = ValueReference(input) else {
          throw .configuration(key: "inbound_nodes", reason: "an input is no reference to a layer")
        }
        if let parts = input.array, parts.count > 3 { try refuseArguments(parts[3]) }
        inputs.append(reference)
      }
      return inputs
    }
    if let named = node["kwargs"] { try refuseArguments(named) }
    return try tensors(in: arguments)
  }

  /// Named arguments may say that nothing is being trained, and no more.
  private static func refuseArguments(_ named: JSONValue) throws(KerasError.Problem) {
    guard case .object(let arguments) = named else {
      throw .configuration(key: "inbound_nodes", reason: "a call has malformed arguments")
    }
    for (name, value) in arguments.sorted(by: { $0.key < $1.key })
    where value != .null && !(name == "training" && value == .bool(false)) {
      throw .unsupported("a call with the argument '\(name)'")
    }
  }

  private static func tensors(in value: JSONValue) throws(KerasError.Problem) -> [ValueReference] {
    if let elements = value.array {
      var references: [ValueReference] = []
      for element in elements { references += try tensors(in: element) }
      return references
    }
    guard value["class_name"]?.string == "__keras_tensor__",
      let history = value["config"]?["keras_history"], let reference = ValueReference(history)
    else { throw .unsupported("a call with arguments that are no values of layers") }
    return [reference]
  }
}
