import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects the reading of JSON: the values, what is no JSON, and the bounds of depth and memory.
@Suite struct JSONValueTests {
  private func parse(_ text: String, _ limits: ReadingLimits = ReadingLimits()) throws -> JSONValue
  {
    var budget = ReadingBudget(limits, fileSize: text.utf8.count)
    return try JSONValue(parsing: text, limits: limits, budget: &budget)
  }

  /// Truth values are no numbers, and numbers no truth values.
  @Test func `every kind`() throws {
    let value = try parse(
      #" {"a": [true, false, 0, 1, -2.5, 1e3, "x", null], "b": {"c": 12345678901}, "e": [], "f": {}} "#
    )
    #expect(
      value["a"]
        == .array([
          .bool(true), .bool(false), .number(0), .number(1), .number(-2.5), .number(1000),
          .string("x"), .null,
        ]))
    #expect(value["b"]?["c"]?.int == 12_345_678_901)
    #expect(value["a"]?.array?.last == .null)
    #expect(value["d"] == nil)
    #expect(value["e"] == .array([]) && value["f"] == .object([:]))
  }

  @Test func strings() throws {
    let value = try parse(#"["\"\\\/\b\f\n\r\t", "\u00e9\u20AC\ud83d\ude00é", "a\u0000b", ""]"#)
    #expect(
      value
        == .array([
          .string("\"\\/\u{8}\u{C}\n\r\t"), .string("é€😀é"), .string("a\0b"), .string(""),
        ]))
  }

  @Test(
    arguments: [
      "", " ", #"{"a": tru}"#, "[1,]", "[1 2]", "{1: 2}", #"{"a" 1}"#, #"{"a": 1,}"#, "[1]]", "01",
      "-", "1.", ".5", "1e", "+1", "1e999", "NaN", "Infinity", #""a"#, #""\x""#, #""\u12""#,
      #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, "\"\u{1}\"", "'a'", "nul", "[", "{",
      "{\"a\":",
      #"{"a": 1, "a": 2}"#,
    ])
  func `what is no JSON`(text: String) {
    #expect(throws: JSONReader.Failure.self) { try parse(text) }
  }

  @Test func `bytes that are no text`() {
    var reader = JSONReader(
      [0x22, 0xFF, 0x22], limits: ReadingLimits(),
      budget: ReadingBudget(ReadingLimits(), fileSize: 3))
    #expect(throws: JSONReader.Failure.self) { try reader.string() }
  }

  /// Protects the stack: nests are bounded, and those within the bound are read on a small one.
  @Test func depth() async throws {
    for (opening, closing) in [("[", "]"), (#"{"a":"#, "}")] {
      func nest(_ depth: Int) -> String {
        String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)
      }
      for text in [nest(257), String(repeating: opening, count: 1_000_000)] {
        let error = #expect(throws: JSONReader.Failure.self) { try parse(text) }
        guard case .exceedsLimits? = error else {
          Issue.record("\(String(describing: error))")
          return
        }
      }
      let deepest = nest(256)
      let isRead = await onSmallStack { (try? parse(deepest)) != nil }
      #expect(isRead)
    }
  }

  /// Protects memory: a value takes far more than the two bytes that say it.
  @Test func memory() throws {
    let text = "[" + String(repeating: "1,", count: 100_000) + "1]"
    #expect(try parse(text).array?.count == 100_001)
    let error = #expect(throws: JSONReader.Failure.self) {
      try parse(text, ReadingLimits(baseMemory: 1 << 20))
    }
    guard case .exceedsLimits(let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("ReadingLimits"))
  }
}
