internal import ConvolutionalNetworks
internal import NetworkFormats

/// One call of a function of `keras.ops` or TensorFlow, which both write into models as if it were a layer.
struct FunctionCall {
  /// The function's name as `keras.ops` has it: `true_divide` for TensorFlow's `math.truediv`.
  let name: String
  /// The name in the file.
  let givenName: String
  private let config: JSONValue
  private let call: CallArguments<String>

  init(_ layer: LayerConfiguration, _ call: CallArguments<String>) {
    let isTensorFlow = ["TFOpLambda", "SlicingOpLambda"].contains(layer.className)
    givenName =
      isTensorFlow ? layer.config["function"]?.string ?? layer.className : layer.className
    let last = givenName.split(separator: ".").last.map(String.init) ?? givenName
    let snake = isTensorFlow ? last : last.snakeCased
    name = Self.synonyms[snake] ?? snake
    config = isTensorFlow ? .null : layer.config
    self.call = call
  }

  /// What TensorFlow, and the classes of `keras.ops`, call functions otherwise.
  private static let synonyms = [
    "abs": "absolute", "fabs": "absolute", "add_n": "add", "bias_add": "add", "amax": "max",
    "amin": "min", "clip_by_value": "clip", "concat": "concatenate",
    "convert_to_tensor": "identity",
    "div": "true_divide", "divide": "true_divide", "getitem": "get_item",
    "l2_normalize": "normalize", "mul": "multiply", "neg": "negative", "pow": "power",
    "real_div": "true_divide", "reduce_logsumexp": "logsumexp", "reduce_max": "max",
    "reduce_mean": "mean", "reduce_min": "min", "reduce_std": "std", "reduce_sum": "sum",
    "reduce_variance": "var", "resize_images": "resize", "reverse": "flip", "sub": "subtract",
    "truediv": "true_divide",
  ]

  /// The values that the call reads, those of a list one by one.
  var values: [String] { call.values }

  /// An argument by its name, or by its place.
  func argument(_ names: String..., place: Int) -> CallArguments<String>.Argument? {
    for name in names { if let named = call.named[name] { return named } }
    return call.positional.indices.contains(place) ? call.positional[place] : nil
  }

  /// An operand: a value, or numbers.
  func operand(_ names: String..., place: Int) throws(KerasError.Problem) -> Formula {
    var found: CallArguments<String>.Argument?
    for name in names where found == nil { found = call.named[name] }
    if found == nil, call.positional.indices.contains(place) { found = call.positional[place] }
    switch found {
    case .value(let value): return Formula(value)
    case .setting(let json) where json != .null:
      let tensor = try Tensor(keras: json)
      return Formula(tensor.shape.isEmpty ? tensor.reshaped(to: [1]) : tensor)
    default: throw .unsupported("a call of \(givenName) without its operand \(place + 1)")
    }
  }

  /// The only value that the function works on.
  var subject: String {
    get throws(KerasError.Problem) {
      guard let value = values.first else {
        throw .unsupported("a call of \(givenName) without a value")
      }
      return value
    }
  }

  /// A setting, in the function's configuration or among the arguments.
  func setting(_ names: String..., place: Int? = nil) -> JSONValue? {
    for name in names {
      if let value = config[name] { return value }
      if case .setting(let value)? = call.named[name], value != .null { return value }
    }
    if let place, call.positional.indices.contains(place),
      case .setting(let value) = call.positional[place], value != .null
    {
      return value
    }
    return nil
  }

  /// A whole number, or several.
  func integers(_ names: String..., place: Int? = nil) -> [Int]? {
    var found: JSONValue?
    for name in names where found == nil { found = setting(name) }
    if found == nil, let place { found = setting(place: place) }
    guard let found else { return nil }
    if let number = found.int { return [number] }
    guard let list = found.array ?? found["items"]?.array else { return nil }
    let numbers = list.compactMap(\.int)
    return numbers.count == list.count ? numbers : nil
  }

  /// All settings by name, as activations take them.
  var settings: JSONValue {
    var members: [String: JSONValue] = [:]
    if case .object(let own) = config { members = own }
    for (name, argument) in call.named {
      if case .setting(let value) = argument { members[name] = value }
    }
    return .object(members)
  }
}
