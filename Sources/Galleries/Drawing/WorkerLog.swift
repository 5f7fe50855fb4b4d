internal import Foundation

/// When and where a worker drew, for people: no part of the site, and nothing depends on it.
struct WorkerLog {
  private let file: URL

  init(_ file: URL) { self.file = file }

  /// Adds a line with the time and the machine; a log that cannot be written is no reason to stop.
  func add(_ text: String, since start: ContinuousClock.Instant? = nil) {
    var line = "\(Date.now.ISO8601Format()) \(ProcessInfo.processInfo.hostName) \(text)"
    if let start {
      line += " in \(String(format: "%.2f", (ContinuousClock.now - start) / .seconds(1))) s"
    }
    if !FileManager.default.fileExists(atPath: file.path) {
      _ = FileManager.default.createFile(atPath: file.path, contents: nil)
    }
    guard let handle = try? FileHandle(forWritingTo: file) else { return }
    _ = try? handle.seekToEnd()
    try? handle.write(contentsOf: Data((line + "\n").utf8))
  }
}
