internal import Foundation

/// Writes a file from its beginning to its end.
package struct FileWriter: ~Copyable {
  private let descriptor: Int32

  /// A file that does not exist yet.
  init(creating path: String) throws(FileFailure) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileFailure(code: errno) }
  }

  /// A device or pipe.
  init(opening path: String) throws(FileFailure) {
    descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(code: errno) }
  }

  /// Writes all of `bytes` behind what has been written.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
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

  deinit { close(descriptor) }
}
