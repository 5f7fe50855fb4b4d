internal import ConvolutionalNetworks
internal import NetworkFormats

/// https://keras.io/api/ops/ and the functions of TensorFlow that models of Keras 2 call, `preprocess_input` above all.
extension ModelImport {
  /// Adds what a call of a function computes, and returns the values that it writes.
  mutating func addFunction(
    _ layer: LayerConfiguration, _ name: String, _ arguments: CallArguments<String>
  ) throws(KerasError.Problem) -> [String] {
    let call = FunctionCall(layer, arguments)
    if let parts = try parts(call) {
      var written: [String] = []
      for (position, part) in parts.enumerated() {
        written.append("\(name)/\(position)")
        try append(part, named: written[position])
      }
      return written
    }
    if let formula = try formula(of: call) {
      try append(formula, named: name)
    } else if let activation = try LayerActivation(
      named: call.name, call.settings, kerasVersion: layer.kerasVersion)
    {
      try append(activation, named: name, reading: try call.subject)
    } else {
      throw .unsupported("the function \(call.givenName)")
    }
    return [name]
  }

  /// What a function computes; `nil` for an activation, or a function that is not known.
  private func formula(of call: FunctionCall) throws(KerasError.Problem) -> Formula? {
    if let formula = try arithmetic(call) { return formula }
    if let formula = try arrangement(call) { return formula }
    if let formula = try reduction(call) { return formula }
    return try picture(call)
  }

  /// Functions of each number by itself; `nil` for any other.
  private func arithmetic(_ call: FunctionCall) throws(KerasError.Problem) -> Formula? {
    switch call.name {
    case "add", "subtract", "multiply", "true_divide", "maximum", "minimum", "power":
      return try binary(call)
    case "negative": return try call.operand("x", place: 0) * -1
    case "square":
      let x = try call.operand("x", place: 0)
      return x * x
    case "absolute": return Formula(try call.subject).applying(.absolute)
    case "exp": return Formula(try call.subject).applying(.exponential)
    case "expm1": return Formula(try call.subject).applying(.exponential) - 1
    case "log": return Formula(try call.subject).applying(.logarithm)
    case "log1p": return (Formula(try call.subject) + 1).applying(.logarithm)
    case "sqrt": return Formula(try call.subject).applying(.squareRoot)
    case "rsqrt":
      return Formula(try call.subject).applying(.squareRoot).applying(.reciprocal)
    case "reciprocal": return Formula(try call.subject).applying(.reciprocal)
    case "erf": return Formula(try call.subject).applying(.errorFunction)
    case "clip":
      let least = call.setting("x_min", "clip_value_min", "min_value", place: 1)?.number
      let most = call.setting("x_max", "clip_value_max", "max_value", place: 2)?.number
      guard let least, let most else { throw .unsupported("clip without both bounds") }
      return Formula(try call.subject).applying(.clip(minimum: Float(least), maximum: Float(most)))
    case "where":
      return Formula(
        Where(), try call.operand("condition", place: 0), try call.operand("x1", "x", place: 1),
        try call.operand("x2", "y", place: 2))
    case "cast":
      let type = call.setting("dtype", place: 1)
      guard (type?.string ?? type?["config"]?.string ?? "float32").contains("float") else {
        throw .unsupported("a cast to whole numbers")
      }
      return Formula(try call.subject)
    case "identity", "stop_gradient", "copy": return Formula(try call.subject)
    case "zeros_like": return Formula(try call.subject) * 0
    case "ones_like": return Formula(try call.subject) * 0 + 1
    default: return nil
    }
  }

  private func binary(_ call: FunctionCall) throws(KerasError.Problem) -> Formula {
    if case .list(let operands)? = call.argument("inputs", place: 0), call.name == "add" {
      // TensorFlow's sum of a list.
      var sum: Formula?
      for value in operands.flatMap(\.values).prefix(64) {
        sum = sum.map { $0 + Formula(value) } ?? Formula(value)
      }
      if let sum, operands.count <= 64 { return sum }
    }
    let left = try call.operand("x1", "x", "value", place: 0)
    let right = try call.operand("x2", "y", "bias", place: 1)
    switch call.name {
    case "add": return left + right
    case "subtract": return left - right
    case "multiply": return left * right
    case "true_divide": return left / right
    case "maximum": return left.maximum(right)
    case "minimum": return left.minimum(right)
    default:
      switch call.setting("x2", "y", place: 1)?.number {
      case 2: return left * left
      case 0.5: return left.applying(.squareRoot)
      default: return Formula(Arithmetic(.power), left, right)
      }
    }
  }

  /// Sums, means and extrema along axes; `nil` for any other.
  private func reduction(_ call: FunctionCall) throws(KerasError.Problem) -> Formula? {
    let known = ["mean", "sum", "max", "min", "var", "std", "logsumexp", "normalize"]
    guard known.contains(call.name) else { return nil }
    let subject = try call.subject
    let value = Formula(subject)
    let rank = try rank(of: subject)
    let axes = try positions(
      ofAxes: call.integers("axis", "axes", place: 1) ?? Array(0..<rank), of: subject)
    let keepsAxes = call.setting("keepdims", "keep_dims", place: 2)?.bool ?? false
    func kept(_ reduced: Formula) -> Formula {
      keepsAxes ? reduced : Formula(Squeeze(axes: axes), reduced)
    }
    switch call.name {
    case "mean": return value.reduced(.mean, axes: axes, keepsAxes: keepsAxes)
    case "sum": return value.reduced(.sum, axes: axes, keepsAxes: keepsAxes)
    case "max": return value.reduced(.maximum, axes: axes, keepsAxes: keepsAxes)
    case "min": return value.reduced(.minimum, axes: axes, keepsAxes: keepsAxes)
    case "logsumexp":
      let most = value.reduced(.maximum, axes: axes)
      let sum = (value - most).applying(.exponential).reduced(.sum, axes: axes)
      return kept(most + sum.applying(.logarithm))
    case "normalize":
      guard call.setting("order")?.int ?? 2 == 2 else { throw .unsupported("such a norm") }
      return value.normalized(
        axes: call.integers("axis", place: 1) == nil ? [rank - 1] : axes)
    default:
      let centred = value - value.reduced(.mean, axes: axes)
      let variance = (centred * centred).reduced(.mean, axes: axes)
      return kept(call.name == "var" ? variance : variance.applying(.squareRoot))
    }
  }
}
