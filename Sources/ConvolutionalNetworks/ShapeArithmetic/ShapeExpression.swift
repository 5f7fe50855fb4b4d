/// Arithmetic on shapes, as exporters write it into a graph, kept until the input sizes are known.
///
/// PyTorch's `x.view(x.size(0), -1)`, for one, arrives as Shape → Gather → Unsqueeze → Concat → Reshape.
public indirect enum ShapeExpression: Sendable {
  /// Numbers known from the file.
  case constant(NumberArray)
  /// The logical shape of a value, from `start` to before `end` (negative positions count from the end).
  case shape(of: String, start: Int, end: Int?)
  /// The numbers of a value that a `ShapeConstant` makes: arithmetic that others share, or that is long.
  case numbers(of: String)
  /// A result of an operation on other expressions, the one at `output`, rounded to a type.
  case apply(any LayerOperation, [ShapeExpression], output: Int = 0, NumberType)

  /// What numbers are, which decides how a result is rounded.
  public enum NumberType: Sendable {
    /// Integers: results are cut towards zero, as integer division and casts do.
    case integer
    /// Numbers of single precision: results are rounded to the nearest.
    case float
  }

  /// A constant vector.
  public static func constant(_ numbers: [Int]) -> ShapeExpression {
    .constant(NumberArray(shape: [numbers.count], numbers: numbers.map(Double.init)))
  }

  /// Gives the logical shape of a value once it is known.
  public struct Evaluator: Sendable {
    let shape: @Sendable (String) throws(ShapeError) -> [Int]
    let numbers: @Sendable (String) throws(ShapeError) -> NumberArray
    private let work: Work

    /// An evaluator that looks shapes up by value name, and likewise the numbers of values that are shape arithmetic.
    public init(
      shape: @escaping @Sendable (String) throws(ShapeError) -> [Int],
      numbers: @escaping @Sendable (String) throws(ShapeError) -> NumberArray = {
        name throws(ShapeError) in throw ShapeError("the numbers of '\(name)' are not known yet")
      }
    ) {
      self.init(work: Work(), shape: shape, numbers: numbers)
    }

    init(
      work: Work, shape: @escaping @Sendable (String) throws(ShapeError) -> [Int],
      numbers: @escaping @Sendable (String) throws(ShapeError) -> NumberArray
    ) {
      (self.work, self.shape, self.numbers) = (work, shape, numbers)
    }

    /// An evaluator for expressions that mention no value.
    public static var constants: Evaluator {
      Evaluator { name throws(ShapeError) in
        throw ShapeError("the shape of '\(name)' is not known yet")
      }
    }

    /// The numbers `expression` stands for.
    ///
    /// - Throws: `ShapeError` where a value is unknown, shapes do not fit or the arithmetic makes too many numbers.
    public func evaluate(_ expression: ShapeExpression) throws(ShapeError) -> NumberArray {
      switch expression {
      case .constant(let array): return array
      case .shape(let name, let start, let end):
        let extents = try shape(name)
        let first = clamped(start, to: extents.count)
        let last = clamped(end ?? extents.count, to: extents.count)
        return NumberArray(first < last ? Array(extents[first..<last]) : [])
      case .numbers(let name): return try numbers(name)
      case .apply(let operation, let operands, let output, let type):
        var arrays: [NumberArray] = []
        for operand in operands { arrays.append(try evaluate(operand)) }
        let operation = try operation.resolved(self)
        try work.count(try operation.numberCost(of: arrays))
        let results = try operation.numbers(of: arrays)
        guard results.indices.contains(output) else {
          throw ShapeError("\(operation.kind) has no result \(output)")
        }
        return try results[output].rounded(to: type)
      }
    }

    /// The vector of integers `expression` stands for.
    public func integers(_ expression: ShapeExpression) throws(ShapeError) -> [Int] {
      try evaluate(expression).integers()
    }

    private func clamped(_ position: Int, to count: Int) -> Int {
      min(max(position < 0 ? position &+ count : position, 0), count)
    }
  }

  /// The numbers, where no value has to be known for them.
  public var constantValue: NumberArray? { try? Evaluator.constants.evaluate(self) }

  /// How many numbers of the file the expression holds.
  package var constantCount: Int {
    switch self {
    case .constant(let array): array.numbers.count
    case .shape, .numbers: 0
    case .apply(let operation, let operands, _, _):
      (operation.expressions + operands).reduce(0) { $0 + $1.constantCount }
    }
  }

  /// The same arithmetic on other values.
  func renamingValues(_ rename: (String) -> String) -> ShapeExpression {
    switch self {
    case .constant: self
    case .shape(let name, let start, let end): .shape(of: rename(name), start: start, end: end)
    case .numbers(let name): .numbers(of: rename(name))
    case .apply(let operation, let operands, let output, let type):
      .apply(
        operation.renamingValues(rename), operands.map { $0.renamingValues(rename) },
        output: output, type)
    }
  }

  /// The values whose shapes, or numbers, the expression mentions.
  package var values: [String] {
    switch self {
    case .constant: []
    case .shape(let name, _, _), .numbers(let name): [name]
    case .apply(let operation, let operands, _, _):
      operation.valuesWhoseShapesMatter + operands.flatMap(\.values)
    }
  }
}
