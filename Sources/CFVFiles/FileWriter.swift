internal import Foundation

/// Writes a file from its beginning to its end.
package struct FileWriter: ~Copyable {
  let descriptor: Int32

  /// A file that does not exist yet, with the permissions that the process gives new files.
  package init(creating path: String) throws(FileFailure) {
    try self.init(path, O_CREAT | O_EXCL)
  }

  /// A device or pipe.
  init(opening path: String) throws(FileFailure) { try self.init(path, 0) }

  /// A file opened for writing, with further flags of `open`.
  init(_ path: String, _ flags: Int32) throws(FileFailure) {
    descriptor = open(path, O_WRONLY | O_CLOEXEC | flags, 0o666)
    guard descriptor >= 0 else { throw FileFailure(code: errno) }
  }

  /// Writes all of `bytes` behind what has been written.
  ///
  /// A file-size limit and a pipe that nobody reads any longer are failures, not the signals that would end
  /// the process.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    let signals = HeldSignals([SIGXFSZ, SIGPIPE])
    defer { signals.release() }
    var done = 0
    while done < bytes.count {
      let part = write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if part < 0 && errno == EINTR { continue }
      guard part >= 0 else { throw FileFailure(code: errno) }
      done += part
    }
  }

  /// Writes all of `bytes` behind what has been written.
  package func append(_ bytes: [UInt8]) throws(FileFailure) {
    var failure: FileFailure?
    bytes.withUnsafeBytes { buffer in
      do throws(FileFailure) { try append(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Waits until what was written has reached the disk, where there is one: only then is it known to fit.
  func synchronize() throws(FileFailure) {
    while fsync(descriptor) != 0 {
      if errno == EINTR { continue }
      // Pipes, devices and some file systems have nothing to wait for.
      if [EINVAL, ENOTSUP, EROFS].contains(errno) { return }
      throw FileFailure(code: errno)
    }
  }

  deinit { close(descriptor) }
}
