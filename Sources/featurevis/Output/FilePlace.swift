import Foundation

/// Where a path leads, so that two ways of writing one file can be told.
///
/// Links are followed, also those to files that are not there yet, and letters compare without case, since many disks
/// do.
struct FilePlace {
  private let path: String
  /// The file's device and number, if it exists.
  private let identity: Identity?
  /// Whether it is a device or a pipe, which any number of outputs may go to.
  private let isStream: Bool

  private struct Identity: Equatable {
    let device: dev_t
    let number: ino_t
  }

  init(_ path: String) {
    let absolute = URL(fileURLWithPath: path).path
    self.path = Self.resolved(absolute, links: 0)
      .precomposedStringWithCanonicalMapping.lowercased()
    var status = stat()
    let exists = stat(absolute, &status) == 0
    identity = exists ? Identity(device: status.st_dev, number: status.st_ino) : nil
    isStream = exists && status.st_mode & S_IFMT != S_IFREG
  }

  /// Whether what is written to one place would replace what is in the other.
  func isSame(as other: FilePlace) -> Bool {
    if isStream || other.isStream { return false }
    return path == other.path || (identity != nil && identity == other.identity)
  }

  /// The absolute path without links and dots.
  private static func resolved(_ path: String, links: Int) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    let url = URL(fileURLWithPath: path).standardizedFileURL
    let folder = url.deletingLastPathComponent()
    guard url.path != "/", folder.path != url.path else { return url.path }
    if links < 40,
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: url.path)
    {
      return resolved(URL(fileURLWithPath: target, relativeTo: folder).path, links: links + 1)
    }
    let parent = resolved(folder.path, links: links)
    return (parent == "/" ? "" : parent) + "/" + url.lastPathComponent
  }
}
