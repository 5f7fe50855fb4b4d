internal import CFVFiles
internal import Foundation

/// Files and folders that are on the disk once these functions return, so that a power cut does not take them back.
enum Durable {
  /// Makes a folder, and those above it that are missing.
  static func makeFolder(_ folder: URL) throws(GalleryError) {
    guard mkdir(folder.path, 0o777) != 0 else {
      return try synchronize(folder.deletingLastPathComponent())
    }
    let code = errno
    var status = stat()
    if code == EEXIST, stat(folder.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      return
    }
    let above = folder.deletingLastPathComponent()
    guard code == ENOENT, above.path != folder.path else {
      throw .unwritable(file: folder.relativePath, reason: String(cString: strerror(code)))
    }
    try makeFolder(above)
    try makeFolder(folder)
  }

  /// Replaces a file whole, or not at all.
  static func write(_ data: Data, to file: URL) throws(GalleryError) {
    do { try WholeFile(file).write(data) } catch {
      throw .unwritable(file: file.relativePath, reason: error.reason)
    }
    try synchronize(file.deletingLastPathComponent())
  }

  /// Waits until the names in a folder are on the disk.
  static func synchronize(_ folder: URL) throws(GalleryError) {
    let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .unwritable(file: folder.relativePath, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    // Some file systems have nothing to wait for.
    guard fsync(descriptor) != 0, ![EINVAL, ENOTSUP, EROFS].contains(errno) else { return }
    throw .unwritable(file: folder.relativePath, reason: String(cString: strerror(errno)))
  }

  /// The SHA-256 of a file's bytes; `nil` where it cannot be read.
  static func digest(of file: URL) -> String? {
    try? SHA256.hexadecimal(of: FileBytes(file))
  }
}
