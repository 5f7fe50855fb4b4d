package import Foundation

/// A file that is read and written as a whole.
package struct WholeFile: Sendable {
  package let url: URL

  /// The path as it was given, for messages.
  package var name: String { url.relativePath }

  package init(_ url: URL) { self.url = url }

  /// Every byte of the file, which is a regular one of at most `limit` bytes.
  package func read(atMost limit: Int = .max) throws(FileFailure) -> Data {
    let bytes = try FileBytes(url)
    guard bytes.count <= limit else {
      throw FileFailure("it has \(bytes.count) bytes; at most \(limit) are read")
    }
    return try bytes.data(0..<bytes.count)
  }

  /// Replaces the file by `data`, or leaves it as it was: written without a name or under a temporary one in
  /// the same folder, then renamed.
  ///
  /// A symbolic link stays one, and permissions stay as they are. A device or pipe is written to, since
  /// renaming over it would remove it.
  package func write(_ data: Data) throws(FileFailure) {
    try write { writer throws(FileFailure) in
      var failure: FileFailure?
      data.withUnsafeBytes { bytes in
        do throws(FileFailure) { try writer.append(bytes) } catch { failure = error }
      }
      if let failure { throw failure }
    }
  }

  /// Replaces the file by what `body` writes piece by piece, or leaves it as it was where that fails.
  package func write(_ body: (borrowing FileWriter) throws(FileFailure) -> Void)
    throws(FileFailure)
  {
    guard isReplaceable else {
      let writer = try FileWriter(opening: url.path)
      try body(writer)
      return try writer.synchronize()
    }
    let replacement = try Replacement(of: try target())
    try body(replacement.writer)
    try replacement.takePlace()
  }

  /// Finds out before long work whether `write` could succeed with `byteCount` bytes, and leaves no trace.
  ///
  /// - Throws: `FileFailure` for what `write` would fail with as things stand now.
  package func checkWritable(byteCount: Int = 1) throws(FileFailure) {
    guard isReplaceable else {
      var status = stat()
      guard stat(url.path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
        throw FileFailure(code: EISDIR)
      }
      guard access(url.path, W_OK) == 0 else { throw FileFailure(code: errno) }
      return
    }
    let replacement = try Replacement(of: try target())
    var limit = rlimit()
    if getrlimit(Self.fileSizeLimit, &limit) == 0, limit.rlim_cur < byteCount {
      throw FileFailure(code: EFBIG)
    }
    var space = statvfs()
    if fstatvfs(replacement.writer.descriptor, &space) == 0, space.f_blocks > 0,
      UInt64(space.f_bavail).multipliedReportingOverflow(by: UInt64(space.f_frsize)).partialValue
        < byteCount
    {
      throw FileFailure(code: ENOSPC)
    }
  }

  #if os(Linux)
    private static let fileSizeLimit = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
  #else
    private static let fileSizeLimit = RLIMIT_FSIZE
  #endif

  /// Where the path leads, through all symbolic links at its end, whether or not anything is there.
  private func target() throws(FileFailure) -> String {
    var path = url.path
    // As many as Linux follows.
    for _ in 0..<40 {
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(path, &buffer, buffer.count)
      guard count >= 0 else { return path }
      let link = String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
      path =
        link.hasPrefix("/")
        ? link
        : ((path as NSString).deletingLastPathComponent as NSString).appendingPathComponent(link)
    }
    throw FileFailure(code: ELOOP)
  }

  /// Whether the path leads to a regular file, or to nothing yet.
  private var isReplaceable: Bool {
    var status = stat()
    return stat(url.path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }
}
