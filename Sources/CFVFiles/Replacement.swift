internal import Foundation

/// A file on its way to take another's place: until then it has no name, or a temporary one in the same folder.
struct Replacement: ~Copyable {
  let writer: FileWriter
  private let target: String
  private let folder: String
  /// The name that it has; `nil` where it has none, and vanishes with the process.
  private let temporary: String?

  /// A file that shall be called `target`, with the permissions of what it replaces.
  init(of target: String) throws(FileFailure) {
    self.target = target
    folder = (target as NSString).deletingLastPathComponent
    var status = stat()
    let replaces = lstat(target, &status) == 0
    // A name that is too long, or a file where a folder should be, is found out here and not after the work.
    guard replaces || errno == ENOENT else { throw FileFailure(code: errno) }
    // The folder may allow what the file itself forbids.
    guard !replaces || access(target, W_OK) == 0 else { throw FileFailure(code: errno) }
    if let unnamed = Self.unnamed(in: folder) {
      writer = unnamed
      temporary = nil
    } else {
      let path = Self.temporaryPath(in: folder)
      writer = try FileWriter(creating: path)
      temporary = path
    }
    if replaces { fchmod(writer.descriptor, status.st_mode & 0o777) }
  }

  /// Gives the file its name, once its bytes are safe.
  consuming func takePlace() throws(FileFailure) {
    try writer.synchronize()
    if let temporary {
      guard rename(temporary, target) == 0 else { throw FileFailure(code: errno) }
      return
    }
    // Only a file with a name can replace another.
    let path = Self.temporaryPath(in: folder)
    guard
      linkat(AT_FDCWD, "/proc/self/fd/\(writer.descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
    else { throw FileFailure(code: errno) }
    guard rename(path, target) == 0 else {
      let code = errno
      unlink(path)
      throw FileFailure(code: code)
    }
  }

  /// Removes what has not taken its place; the temporary name of what has is nobody's.
  deinit { if let temporary { unlink(temporary) } }

  /// A file without a name, of which a process that is killed leaves nothing; `nil` where there are none.
  private static func unnamed(in folder: String) -> FileWriter? {
    #if os(Linux)
      // O_TMPFILE, a macro that Swift does not import.
      let flags = O_DIRECTORY | 0o20_000_000
      guard access("/proc/self/fd", X_OK) == 0 else { return nil }
      return try? FileWriter(folder.isEmpty ? "." : folder, flags)
    #else
      return nil
    #endif
  }

  /// Short, so that every file that may have its name can be written.
  private static func temporaryPath(in folder: String) -> String {
    let name = ".\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    return (folder as NSString).appendingPathComponent(name)
  }
}
