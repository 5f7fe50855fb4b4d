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

  private struct Identity {
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

  /// One of the things by which a place is told from others.
  enum Key: Hashable {
    case path(String)
    case file(device: dev_t, number: ino_t)
  }

  /// What is written to one place would replace what is in another where they share a key; streams have none.
  var keys: [Key] {
    guard !isStream else { return [] }
    return [.path(path)] + (identity.map { [.file(device: $0.device, number: $0.number)] } ?? [])
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
