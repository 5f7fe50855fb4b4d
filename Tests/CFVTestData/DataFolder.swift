package import Foundation

/// The folder of real networks and operator cases, which the package does not carry.
///
/// `FEATUREVIS_DATA` names it; else it is looked for beside the package.
package enum DataFolder {
  package static let url: URL? = {
    if let path = ProcessInfo.processInfo.environment["FEATUREVIS_DATA"] {
      return URL(fileURLWithPath: path, isDirectory: true)
    }
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let shared = package.deletingLastPathComponent().appendingPathComponent("shared/data")
    return FileManager.default.fileExists(atPath: shared.path) ? shared : nil
  }()

  /// A file or folder in it; where that is absent, says on the console which test is skipped.
  package static func item(_ path: String, for test: String = #function) -> URL? {
    if let url = url?.appendingPathComponent(path), FileManager.default.fileExists(atPath: url.path)
    {
      return url
    }
    print("SKIPPED \(test): no \(path) in the data folder (set FEATUREVIS_DATA)")
    return nil
  }
}
