import Foundation
import Testing

@testable import NetworkFormats

/// Protects Docs/Formats.md: the operators that it names are those that are read.
struct OperatorListTests {
  @Test func `the documentation lists every operator, and no other`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Docs/Formats.md"), encoding: .utf8)
    let chapter = try #require(text.firstRange(of: "### Operators\n"))
    let end = try #require(text[chapter.upperBound...].firstRange(of: "\n### "))
    let listed = text[chapter.upperBound..<end.lowerBound]
    for (domain, imports) in OperatorImports.domains {
      let heading = domain.isEmpty ? "ONNX: " : "\(domain): "
      let line = try #require(listed.split(separator: "\n").first { $0.hasPrefix(heading) })
      let names = Set(
        line.dropFirst(heading.count).dropLast().split(separator: ",").map {
          $0.trimmingCharacters(in: .whitespaces)
        })
      // What is read before its table is asked.
      let read = Set(imports.keys).union(domain.isEmpty ? ["Constant", "If", "Loop"] : [])
      #expect(names.subtracting(read).sorted() == [])
      #expect(read.subtracting(names).sorted() == [])
    }
  }
}
