import Foundation
import Testing

@testable import Galleries

/// The gallery that opens from a checkout has the page and the scripts that galleries get today.
struct CommittedGalleryTests {
  @Test(arguments: SiteFiles.all.map(\.path))
  func isUpToDate(path: String) throws {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try #require(SiteFiles.all.first { $0.path == path }).text
    let committed = try String(
      contentsOf: package.appending(path: "Docs/Gallery/\(path)"), encoding: .utf8)
    #expect(committed == text, "draw Docs/Gallery again, by the command of Docs/Galleries.md")
  }
}
