import Foundation

/// JSON with keys in order, the same bytes for the same values.
enum JSONOutput {
  static func data(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(value) + Data("\n".utf8)
  }

  static func print(_ value: some Encodable) throws {
    FileHandle.standardOutput.write(try data(value))
  }
}
