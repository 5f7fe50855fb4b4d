import Foundation

/// JSON with keys in order, the same bytes for the same values.
enum JSONOutput {
  static func data(_ value: some Encodable) throws -> Data { Data(try text(of: value).utf8) }

  static func print(_ value: some Encodable) throws { StandardStreams.write(try text(of: value)) }

  /// The JSON of a value on one line, without the line's end.
  static func line(_ value: some Encodable) throws -> String {
    try text(of: value, []).trimmingCharacters(in: .newlines)
  }

  /// The JSON of a value; control characters, which stand in strings alone, are escaped.
  private static func text(
    of value: some Encodable, _ formatting: JSONEncoder.OutputFormatting = .prettyPrinted
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = formatting.union([.sortedKeys, .withoutEscapingSlashes])
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let json = String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
    var result = ""
    for scalar in json.unicodeScalars {
      if scalar.isControl, scalar != "\n" {
        result += String(format: "\\u%04x", scalar.value)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
