internal import Foundation

/// A value of a model's configuration, which Keras writes as JSON.
enum JSONValue: Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The value that `text` is.
  ///
  /// `JSONSerialization` and not `JSONDecoder`, for which every kind that a value is not costs an error: models
  /// have many thousands of values.
  ///
  /// - Throws: Foundation's error for what is not JSON.
  init(parsing text: String) throws {
    let object = try JSONSerialization.jsonObject(
      with: Data(text.utf8), options: .fragmentsAllowed)
    self.init(object)
  }

  private init(_ object: Any) {
    switch object {
    case let text as String: self = .string(text)
    case let number as NSNumber:
      // Truth values are numbers of Objective-C's type for characters.
      let isBool = ["c", "B"].contains(String(cString: number.objCType))
      self = isBool ? .bool(number.boolValue) : .number(number.doubleValue)
    case let elements as [Any]: self = .array(elements.map { JSONValue($0) })
    case let members as [String: Any]: self = .object(members.mapValues { JSONValue($0) })
    default: self = .null
    }
  }

  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self, let value = members[key], value != .null else {
      return nil
    }
    return value
  }

  var string: String? { if case .string(let value) = self { value } else { nil } }
  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  var number: Double? { if case .number(let value) = self { value } else { nil } }
  var int: Int? { number.flatMap { Int(exactly: $0) } }
  var array: [JSONValue]? { if case .array(let value) = self { value } else { nil } }

  /// The numbers of lists in lists, in their order; `nil` where there is anything else.
  var flattened: [Double]? {
    if let number { return [number] }
    guard let array else { return nil }
    var numbers: [Double] = []
    for element in array {
      guard let more = element.flattened else { return nil }
      numbers += more
    }
    return numbers
  }
}
