internal import Foundation

/// JSON whose keys are in order: the same bytes for the same values.
enum JSONText {
  /// A value on one line, without a line's end; numbers that are not finite are texts.
  static func line(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    // What is encoded here are structures of numbers and texts, which JSON has.
    guard let data = try? encoder.encode(value) else { return "null" }
    return String(decoding: data, as: UTF8.self)
  }

  /// The value that a text is; `nil` where it is none.
  static func value<Value: Decodable>(_ type: Value.Type, _ text: Substring) -> Value? {
    try? JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
