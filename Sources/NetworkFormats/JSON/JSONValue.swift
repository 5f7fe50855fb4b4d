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
    try reader.take(Self.cost)
    switch try reader.kind() {
    case .null:
      try reader.null()
      self = .null
    case .bool: self = .bool(try reader.bool())
    case .number: self = .number(try reader.number())
    case .string: self = .string(try reader.string())
    case .array:
      try reader.take(Self.containerCost)
      var elements: [JSONValue] = []
      try reader.array { reader throws(JSONReader.Failure) in
        elements.append(try JSONValue(&reader))
      }
      self = .array(elements)
    case .object:
      try reader.take(Self.containerCost)
      var members: [String: JSONValue] = [:]
      try reader.object { reader, key throws(JSONReader.Failure) in
        try reader.take(Self.keyCost)
        guard members.updateValue(try JSONValue(&reader), forKey: key) == nil else {
          throw .unexpected(reason: "has the key '\(key)' twice")
        }
      }
      self = .object(members)
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
