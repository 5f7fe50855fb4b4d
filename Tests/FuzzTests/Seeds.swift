import Foundation

/// The small files of the package's other tests, and the operator cases beside the checkout if there are any.
enum Seeds {
  private static let tests = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The fixtures of a test target with one of these extensions, by name.
  static func files(_ folder: String, _ extensions: Set<String>) throws -> [URL] {
    try FileManager.default
      .contentsOfDirectory(
        at: tests.appendingPathComponent(folder), includingPropertiesForKeys: nil
      )
      .filter { extensions.contains($0.pathExtension) }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  static func bytes(_ folder: String, _ extensions: Set<String>) throws -> [[UInt8]] {
    try files(folder, extensions).map { Array(try Data(contentsOf: $0)) }
  }

  /// The folder of operator cases; `nil` where it is absent.
  static var operatorCases: URL? {
    let data =
      ProcessInfo.processInfo.environment["FEATUREVIS_DATA"]
      .map { URL(fileURLWithPath: $0, isDirectory: true) }
      ?? tests.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/data")
    let url = data.appendingPathComponent("onnx-node-tests")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }
}
