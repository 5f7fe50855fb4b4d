import Testing

@testable import KerasNetworkFormat

/// Protects the kinds of JSON values: truth values are no numbers, and numbers no truth values.
@Suite struct JSONValueTests {
  @Test func `every kind`() throws {
    let value = try JSONValue(
      parsing: #"{"a": [true, false, 0, 1, -2.5, 1e3, "x", null], "b": {"c": 12345678901}}"#)
    #expect(
      value["a"]
        == .array([
          .bool(true), .bool(false), .number(0), .number(1), .number(-2.5), .number(1000),
          .string("x"), .null,
        ]))
    #expect(value["b"]?["c"]?.int == 12_345_678_901)
    #expect(value["a"]?.array?.last == .null)
    #expect(value["d"] == nil)
    #expect(throws: (any Error).self) { try JSONValue(parsing: #"{"a": tru}"#) }
    #expect(throws: (any Error).self) {
      try JSONValue(parsing: String(repeating: "[", count: 100_000))
    }
  }
}
