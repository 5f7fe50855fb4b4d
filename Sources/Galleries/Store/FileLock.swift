internal import Foundation

/// A lock on a file that ends with the process that holds it, however that ends.
///
/// Locks of `flock`, which Linux also keeps between the machines of an NFS volume. No clock takes part.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// Locks a file, which is made where it is missing.
  ///
  /// - Parameters:
  ///   - isShared: whether others may share it.
  ///   - waits: whether to wait for others.
  /// - Throws: `GalleryError.unwritable` where files cannot be locked.
  /// - Returns: `nil` where another process holds it.
  init?(_ file: URL, isShared: Bool = false, waits: Bool = false) throws(GalleryError) {
    descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .unwritable(file: file.relativePath, reason: String(cString: strerror(errno)))
    }
    let mode = (isShared ? LOCK_SH : LOCK_EX) | (waits ? 0 : LOCK_NB)
    while flock(descriptor, mode) != 0 {
      let code = errno
      if code == EINTR { continue }
      // All members have their values: `deinit` closes the file.
      if code == EWOULDBLOCK { return nil }
      throw .unwritable(
        file: file.relativePath, reason: "it cannot be locked: \(String(cString: strerror(code)))")
    }
  }

  deinit { close(descriptor) }
}
