import Testing

@Suite("Code in the documentation") struct SwiftBlockTests {
  /// What Scripts/test compiles and runs as part of a package that depends on this one.
  private static let sources = PackageFolder.files(
    in: "Tests/DependentPackage/Sources", extension: "swift")

  /// Protects readers from code that does not compile: whatever changes here changes there too.
  @Test(arguments: ["README.md"] + PackageFolder.files(in: "Docs", extension: "md"))
  func `is an excerpt of code that compiles`(page: String) throws {
    let sources = try Self.sources.map(PackageFolder.text)
    #expect(!sources.isEmpty)
    for block in SwiftBlock.blocks(of: try PackageFolder.text(page)) {
      #expect(!block.paragraphs.isEmpty, "\(page):\(block.line) is empty")
      let isExcerpt = sources.contains(where: block.isExcerpt)
      #expect(
        isExcerpt, "\(page):\(block.line) is not in any file of Tests/DependentPackage/Sources")
    }
  }

  private static let source = """
    import A
    import B

    func f() {
      let x = g()
      if x > 0 {

        h(x)
      }
    }
    """

  /// Protects the comparison: indentation and empty lines do not count, order and every other character do.
  @Test(arguments: [
    ("import B\n\nlet x = g()\nif x > 0 {\n  h(x)\n}", true), ("let x = g()\r\n", true),
    ("import B\n\nlet x = f()", false), ("let x = g()\n\nimport A", false),
    ("let x = g()\nh(x)", false), ("let x = g()\n\nh(x)", true), ("h(x)\n\nh(x)", false),
  ])
  func `is compared line by line`(block: String, isExcerpt: Bool) throws {
    let blocks = SwiftBlock.blocks(of: "Text\n\n```swift\n\(block)\n```\n\n```\nother\n```\n")
    #expect(blocks.count == 1 && blocks[0].line == 3)
    #expect(blocks[0].isExcerpt(of: Self.source) == isExcerpt)
  }

  /// Protects against a block that nobody looks at, because the page forgets to close it.
  @Test func `is looked at where its block is not closed`() {
    let blocks = SwiftBlock.blocks(of: "```swift\nimport A\n```\n\n```swift\nlet x = g()\n")
    #expect(blocks.map(\.line) == [1, 5])
    #expect(!blocks[1].isExcerpt(of: Self.source))
  }
}
