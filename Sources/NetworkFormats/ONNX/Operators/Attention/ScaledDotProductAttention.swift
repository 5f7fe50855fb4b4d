import ConvolutionalNetworks

/// `softmax(scale · Q · Kᵀ + masks) · V` of several heads: the layers that operators of attention amount to.
///
/// Queries, keys and values are named values of the form `[N, heads, tokens, features]`. Besides its output a node has
/// layers to look at: `<node>/scores`, what the softmax reads, and `<node>/probabilities`, what it makes, both
/// `[N, heads, queries, keys]`; `<node>/heads` `[N, heads, queries, features]` where the heads are joined behind it.
struct ScaledDotProductAttention {
  /// What scores go through, in order.
  enum Stage: Int, CaseIterable {
    /// Scaled products of queries and keys.
    case products
    /// With the masks added.
    case masked
    /// Bounded by a tanh.
    case capped
    /// Behind the softmax.
    case probabilities
  }

  let queries: String
  let keys: String
  let values: String
  /// The factor of the products; `1 / √features` unless given.
  var scale: Float?
  /// Values that are added to the scores, which they broadcast to.
  var masks: [String] = []
  /// The bound that scores approach, `c · tanh(score / c)`; `nil` is none.
  var softcap: Float?
  /// An output of the node that hands out the scores as they are behind a stage.
  var output: (stage: Stage, name: String)?

  /// Adds the layers. The last one is the node's own: `[N, heads, queries, features]`, or where heads are joined
  /// `[N, queries, heads · features]`.
  func emit(_ graph: inout GraphImport, _ node: ONNXNode, joiningHeads joinsHeads: Bool)
    throws(ONNXError.Problem)
  {
    let probabilities = try graph.emitHelper(
      node, "probabilities", Activation(.softmax(axis: -1)), [try scores(&graph, node)],
      writing: output?.stage == .probabilities ? output?.name : nil)
    guard joinsHeads else {
      return try graph.emit(
        node, MatrixMultiplication(), [probabilities, values], isInteger: false)
    }
    let heads = try graph.emitHelper(
      node, "heads", MatrixMultiplication(), [probabilities, values])
    let tokens = try graph.emitHelper(node, "tokens", Transpose([0, 2, 1, 3]), [heads])
    try graph.emit(node, Reshape(to: [0, 0, -1]), [tokens], isInteger: false)
  }

  /// An operation on the scores so far, and on other values before or behind them.
  private struct Step {
    let stage: Stage
    let role: String
    let operation: any LayerOperation
    var operand: String?
  }

  private func scores(_ graph: inout GraphImport, _ node: ONNXNode) throws(ONNXError.Problem)
    -> String
  {
    let factor =
      if let scale { try graph.scalar(node, "scale", scale) } else {
        try graph.inverseRoot(node, ofExtent: 3, of: queries)
      }
    let scaled = try graph.emitHelper(
      node, "scaled queries", Arithmetic(.multiply), [queries, factor])
    var steps = [
      Step(
        stage: .products, role: "products", operation: MatrixMultiplication(),
        operand: try graph.emitHelper(node, "transposed keys", Transpose([0, 1, 3, 2]), [keys]))
    ]
    for mask in masks {
      steps.append(
        Step(stage: .masked, role: "masked", operation: Arithmetic(.add), operand: mask))
    }
    if let softcap {
      let bound = try graph.scalar(node, "softcap", softcap)
      steps += [
        Step(
          stage: .capped, role: "relative", operation: Arithmetic(.divide), operand: bound),
        Step(stage: .capped, role: "bounded", operation: Activation(.tanh)),
        Step(stage: .capped, role: "capped", operation: Arithmetic(.multiply), operand: bound),
      ]
    }
    let handedOut = output.flatMap { output in
      output.stage == .probabilities
        ? nil : steps.lastIndex { $0.stage.rawValue <= output.stage.rawValue }
    }
    var current = scaled
    for (position, step) in steps.enumerated() {
      current = try graph.emitHelper(
        node, position == steps.count - 1 ? "scores" : step.role, step.operation,
        [current] + [step.operand].compactMap(\.self),
        writing: position == handedOut ? output?.name : nil)
    }
    return current
  }
}

/// What operators of attention make of their inputs first.
extension GraphImport {
  /// `[N, tokens, heads · features]` as `[N, heads, tokens, features]`.
  mutating func splitHeads(
    _ node: ONNXNode, _ role: String, _ value: String, heads: Int, writing output: String? = nil
  ) throws(ONNXError.Problem) -> String {
    let split = try emitHelper(node, "split \(role)", Reshape(to: [0, 0, heads, -1]), [value])
    return try emitHelper(node, role, Transpose([0, 2, 1, 3]), [split], writing: output)
  }

  /// Each head of `[N, heads, tokens, features]` `count` times, for as many queries that share it.
  mutating func repeatHeads(
    _ node: ONNXNode, _ role: String, _ value: String, heads: Int, count: Int
  ) throws(ONNXError.Problem) -> String {
    guard count > 1 else { return value }
    try take(heads * count, of: MemoryLayout<Int>.stride)
    let positions = (0..<heads * count).map { $0 / count }
    return try emitHelper(
      node, "repeated \(role)", Gather(axis: 1, positions: .constant(positions)), [value])
  }

  /// Keys or values behind those of former calls, which an input holds, and all of which are an output too.
  mutating func appended(
    _ node: ONNXNode, _ role: String, _ value: String, toInput past: Int, writing output: Int
  ) throws(ONNXError.Problem) -> String {
    guard node.hasInput(past) else {
      guard let name = node.output(output) else { return value }
      return try emitHelper(node, "present \(role)", Identity(), [value], writing: name)
    }
    return try emitHelper(
      node, "present \(role)", Concatenation(axis: 2), [try feature(node, past), value],
      writing: node.output(output))
  }

  /// The summand of scores that count where a condition is not 0: 0, or elsewhere −∞ or another number.
  mutating func mask(
    _ node: ONNXNode, where condition: String, elsewhere number: Float = -.infinity
  ) throws(ONNXError.Problem) -> String {
    let (zero, nothing) = (
      try scalar(node, "counted", 0), try scalar(node, "left out", number)
    )
    return try emitHelper(node, "mask", Where(), [condition, zero, nothing])
  }

  /// The summand of scores of which a query sees those of the keys up to its own, which those of a `past` stand before.
  mutating func causalMask(_ node: ONNXNode, queries: String, keys: String, past: String?)
    throws(ONNXError.Problem) -> String
  {
    let none = Self.integer(0)
    let first = if let past { try extent(2, of: past) } else { none }
    let end = try arithmetic(
      Arithmetic(.add), [first, try extent(2, of: queries)], isInteger: true)
    let queryPositions = try arithmetic(
      Reshape(to: [-1, 1]), [try range(from: first, to: .numbers(end))], isInteger: true)
    let keyPositions = try range(from: none, to: try extent(2, of: keys))
    let condition = try arithmetic(
      Comparison.lessOrEqual, [keyPositions, .numbers(queryPositions)], isInteger: true)
    return try mask(node, where: try defineHelper(node, "causal", .numbers(condition)))
  }

  /// The summand of scores of which the first keys of each picture count, as many as a value `[N]` says.
  mutating func mask(
    _ node: ONNXNode, lengths: String, keys: String, elsewhere number: Float = -.infinity
  ) throws(ONNXError.Problem) -> String {
    let positions = try range(from: Self.integer(0), to: try extent(2, of: keys))
    let lengths = try emitHelper(node, "lengths", Unsqueeze(axes: [1, 2, 3]), [lengths])
    let condition = try emitHelper(
      node, "within length", Comparison.less,
      [try defineHelper(node, "positions", positions), lengths])
    return try mask(node, where: condition, elsewhere: number)
  }

  /// A mask of `rank` axes, with a number for the keys that it says nothing of.
  mutating func extend(
    _ node: ONNXNode, mask: String, rank: Int, toKeys keys: String, with number: Float
  ) throws(ONNXError.Problem) -> String {
    let missing = try arithmetic(
      Arithmetic(.subtract), [try extent(2, of: keys), try extent(rank - 1, of: mask)],
      isInteger: true)
    let amounts = try arithmetic(
      Concatenation(axis: 0), [.numbers(.integers([0])), .numbers(missing)], isInteger: true)
    let pad = Pad(.constant(number), amounts: amounts.expression, axes: [-1])
    return try emitHelper(node, "extended mask", pad, [mask])
  }

  /// The name of a value of one number.
  mutating func scalar(_ node: ONNXNode, _ role: String, _ number: Float)
    throws(ONNXError.Problem) -> String
  {
    try emitHelper(node, role, Constant(Tensor(shape: [], elements: [number])), [])
  }

  /// The name of `1 / √extent` of one of a value's extents.
  fileprivate mutating func inverseRoot(_ node: ONNXNode, ofExtent axis: Int, of value: String)
    throws(ONNXError.Problem) -> String
  {
    let root = try arithmetic(
      MathFunction.squareRoot, [try extent(axis, of: value)], isInteger: false)
    let inverse = try arithmetic(MathFunction.reciprocal, [.numbers(root)], isInteger: false)
    return try defineHelper(node, "scale", .numbers(inverse))
  }

  private static func integer(_ number: Int) -> ImportedValue { .numbers(.integers([number])) }

  /// The integers from one number to before another.
  private mutating func range(from first: ImportedValue, to end: ImportedValue)
    throws(ONNXError.Problem) -> ImportedValue
  {
    .numbers(
      try arithmetic(NumberRange(), [first, end, Self.integer(1)], isInteger: true))
  }

  /// An extent of a value, a vector of one number.
  private mutating func extent(_ axis: Int, of value: String) throws(ONNXError.Problem)
    -> ImportedValue
  {
    let slice = Slice(starts: .constant([axis]), ends: .constant([axis + 1]))
    let shape = try shape(of: try self.value(value))
    return .numbers(try arithmetic(slice, [.numbers(shape)], isInteger: true))
  }

  /// What an operation makes of numbers that follow from shapes.
  private mutating func arithmetic(
    _ operation: any LayerOperation, _ operands: [ImportedValue], isInteger: Bool
  ) throws(ONNXError.Problem) -> ShapeNumbers {
    guard
      let result = try folded(operation, operands, outputCount: 1, isInteger: isInteger)?[0].numbers
    else { throw .shapeArithmetic(reason: "\(operation.kind) of what the network computes") }
    return result
  }
}
