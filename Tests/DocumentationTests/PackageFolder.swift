import Foundation

/// The package's own files, as they were when the tests were compiled.
enum PackageFolder {
  static let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The paths of the files in a folder, at any depth, with this extension.
  static func files(in folder: String, extension: String) -> [String] {
    let names = try? FileManager.default.subpathsOfDirectory(
      atPath: url.appending(path: folder).path)
    return (names ?? []).filter { $0.hasSuffix(".\(`extension`)") }.sorted().map {
      "\(folder)/\($0)"
    }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: url.appending(path: path), encoding: .utf8)
  }
}
