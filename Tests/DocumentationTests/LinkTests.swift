import Foundation
import Testing

@Suite("Links in the documentation") struct LinkTests {
  /// Protects readers from links to pages and pictures that have moved.
  @Test(
    arguments: ["README.md", "CONTRIBUTING.md"] + PackageFolder.files(in: "Docs", extension: "md"))
  func `lead to files`(page: String) throws {
    let folder = PackageFolder.url.appending(path: page).deletingLastPathComponent()
    let text = try PackageFolder.text(page).replacing(/(?s)```.*?```/, with: "")
    for link in text.matches(of: /\]\(([^)#\s]+)/).map(\.output.1)
    where !link.contains("://") {
      let exists = FileManager.default.fileExists(atPath: folder.appending(path: String(link)).path)
      #expect(exists, "\(page) links to \(link)")
    }
  }
}
