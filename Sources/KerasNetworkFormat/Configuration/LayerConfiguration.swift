internal import ConvolutionalNetworks

/// One layer as the model's configuration describes it.
struct LayerConfiguration {
  let className: String
  let name: String
  let config: JSONValue
  /// What each input reads, of the layer's only call; `nil` in a Sequential model.
  let inputs: [String]?
  private let kerasVersion: Int

  init(_ json: JSONValue, kerasVersion: Int) throws(KerasError.Problem) {
    guard let className = json["class_name"]?.string, let config = json["config"],
      let name = json["name"]?.string ?? config["name"]?.string
    else { throw .configuration(key: "layers", reason: "a layer has no class, name or config") }
    self.className = className
    self.name = name
    self.config = config
    self.kerasVersion = kerasVersion
    guard let nodes = json["inbound_nodes"]?.array else {
      inputs = nil
      return
    }
    guard nodes.count <= 1 else {
      throw .unsupported("a layer that is called \(nodes.count) times")
    }
    inputs =
      try nodes.first.map { node throws(KerasError.Problem) in try Self.inputs(of: node) } ?? []
  }

  /// Keras 2 writes a call as a list of `[layer, node, tensor, arguments]`, Keras 3 with tensors in `args`.
  private static func inputs(of node: JSONValue) throws(KerasError.Problem) -> [String] {
    guard let arguments = node["args"] else {
      var names: [String] = []
      for reference in node.array ?? [] {
        guard let parts = reference.array, parts.count >= 3, let name = parts[0].string,
          parts[2].int == 0
        else {
          throw .configuration(key: "inbound_nodes", reason: "an input is no reference to a layer")
        }
        if parts.count > 3 { try refuseArguments(parts[3]) }
        names.append(name)
      }
      return names
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

  private static func tensors(in value: JSONValue) throws(KerasError.Problem) -> [String] {
    if let elements = value.array {
      var names: [String] = []
      for element in elements { names += try tensors(in: element) }
      return names
    }
    guard value["class_name"]?.string == "__keras_tensor__",
      let history = value["config"]?["keras_history"]?.array, history.count == 3,
      let name = history[0].string, history[2].int == 0
    else { throw .unsupported("a call with arguments that are no values of layers") }
    return [name]
  }

  /// A positive number.
  func count(_ key: String, default missing: Int? = nil) throws(KerasError.Problem) -> Int {
    guard let count = config[key] == nil ? missing : config[key]?.int,
      (1...1 << 24).contains(count)
    else { throw .configuration(key: key, reason: "takes a positive number") }
    return count
  }

  /// Two positive numbers, or one that stands for both.
  func pair(_ key: String, default missing: [Int]? = nil) throws(KerasError.Problem) -> [Int] {
    guard let value = config[key] else {
      guard let missing else { throw .configuration(key: key, reason: "is missing") }
      return missing
    }
    let numbers = value.int.map { [$0, $0] } ?? value.array?.compactMap(\.int) ?? []
    guard numbers.count == 2, numbers.allSatisfy({ (1...1 << 24).contains($0) }) else {
      throw .configuration(key: key, reason: "takes two positive numbers")
    }
    return numbers
  }

  /// TensorFlow's padding, the odd cell after.
  func padding() throws(KerasError.Problem) -> Padding {
    switch config["padding"]?.string ?? "valid" {
    case "valid": return .none()
    case "same": return .sameUpper
    case let name:
      throw .configuration(key: "padding", reason: "'\(name)' is neither valid nor same")
    }
  }

  /// The function of the `activation` argument.
  func activation() throws(KerasError.Problem) -> ActivationFunction {
    guard let value = config["activation"] else { return .linear }
    switch value.string {
    case "linear": return .linear
    case "relu": return .relu
    case "relu6": return .relu6
    case "elu": return .elu(alpha: 1)
    case "selu": return .selu
    case "gelu": return .gelu(approximate: false)
    case "silu", "swish": return .silu
    case "sigmoid": return .sigmoid
    case "tanh": return .tanh
    case "leaky_relu": return .leakyReLU(slope: 0.2)
    case "hard_silu", "hard_swish": return .hardSwish
    case "hard_sigmoid":
      // Keras 3 took PyTorch's slope.
      return .hardSigmoid(alpha: kerasVersion >= 3 ? 1 / 6 : 0.2, beta: 0.5)
    case "softplus": return .softplus
    case "softmax": return .softmax(axis: -1)
    case "log_softmax": return .logSoftmax(axis: -1)
    case let name: throw .unsupported("activation \(name ?? "with a configuration of its own")")
    }
  }
}
