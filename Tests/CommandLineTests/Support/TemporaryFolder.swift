import Foundation

/// A folder of a test's own, gone when the test is.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "CommandLineTests-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String) -> URL { url.appending(path: name) }

  func bytes(_ name: String) throws -> Data { try Data(contentsOf: file(name)) }

  /// The files of the folder and those in it, hidden ones too, with their bytes.
  var contents: [String: Data] {
    get throws {
      var result: [String: Data] = [:]
      for name in try FileManager.default.subpathsOfDirectory(atPath: url.path) {
        result[name] = (try? bytes(name)) ?? Data()
      }
      return result
    }
  }
}
