import ConvolutionalNetworks

/// A value of JSON with all that is in it.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The value that `text` is, whose memory is counted in `budget`.
  package init(
    parsing text: String, limits: ReadingLimits = ReadingLimits(), budget: inout ReadingBudget
  ) throws(JSONReader.Failure) {
    var reader = JSONReader(Array(text.utf8), limits: limits, budget: budget)
    self = try JSONValue(&reader)
    budget = try reader.finish()
  }

  /// What a value takes at most, in an array that grows.
  private static let cost = 2 * MemoryLayout<JSONValue>.stride
  /// What a member of an object takes at most besides its value, in a dictionary that grows.
  private static let keyCost = 4 * MemoryLayout<String>.stride
  /// What an array or object takes besides what is in it.
  private static let containerCost = 64

  /// The value that comes next.
  package init(_ reader: inout JSONReader) throws(JSONReader.Failure) {
    // Values within others are no calls within others: the stack of a task is small.
    var open: [Container] = []
    while true {
      guard var value = try Self.beginning(&reader, &open) else { continue }
      while var container = open.popLast() {
        try container.add(value)
        guard try reader.leave(container.kind) else {
          try container.readKey(&reader)
          open.append(container)
          break
        }
        value = container.value
      }
      if open.isEmpty {
        self = value
        return
      }
    }
  }

  /// The value that begins here, if it ends here too; an object or an array that has values is opened.
  private static func beginning(_ reader: inout JSONReader, _ open: inout [Container])
    throws(JSONReader.Failure) -> JSONValue?
  {
    try reader.take(cost)
    let kind = try reader.kind()
    switch kind {
    case .null:
      try reader.null()
      return .null
    case .bool: return .bool(try reader.bool())
    case .number: return .number(try reader.number())
    case .string: return .string(try reader.string())
    case .array, .object:
      try reader.take(containerCost)
      var container = Container(kind: kind)
      guard try reader.enter(kind) else { return container.value }
      try container.readKey(&reader)
      open.append(container)
      return nil
    }
  }

  /// An object or an array that is being read.
  private struct Container {
    let kind: JSONReader.Kind
    private var elements: [JSONValue] = []
    private var members: [String: JSONValue] = [:]
    /// Of an object, what the next value is called.
    private var key = ""

    init(kind: JSONReader.Kind) { self.kind = kind }

    var value: JSONValue { kind == .object ? .object(members) : .array(elements) }

    mutating func readKey(_ reader: inout JSONReader) throws(JSONReader.Failure) {
      guard kind == .object else { return }
      key = try reader.key()
      try reader.take(keyCost)
    }

    mutating func add(_ value: JSONValue) throws(JSONReader.Failure) {
      guard kind == .object else { return elements.append(value) }
      guard members.updateValue(value, forKey: key) == nil else {
        throw .unexpected(reason: "has the key '\(key)' twice")
      }
    }
  }

  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members[key], value != .null else {
      return nil
    }
    return value
  }

  package var string: String? { if case .string(let value) = self { value } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var number: Double? { if case .number(let value) = self { value } else { nil } }
  package var int: Int? { number.flatMap { Int(exactly: $0) } }
  package var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

  /// The numbers of lists in lists, in their order; `nil` where there is anything else.
  package var flattened: [Double]? {
    var numbers: [Double] = []
    return append(to: &numbers) ? numbers : nil
  }

  private func append(to numbers: inout [Double]) -> Bool {
    if let number {
      numbers.append(number)
      return true
    }
    return array?.allSatisfy { $0.append(to: &numbers) } ?? false
  }
}
