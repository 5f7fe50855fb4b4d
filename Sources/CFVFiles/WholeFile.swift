package import Foundation

/// A file that is read and written as a whole.
package struct WholeFile: Sendable {
  package let url: URL

  /// The path as it was given, for messages.
  package var name: String { url.relativePath }

  package init(_ url: URL) { self.url = url }

  /// Every byte of the file.
  package func read() throws(FileFailure) -> Data {
    do { return try Data(contentsOf: url) } catch { throw FileFailure(error) }
  }

  /// Replaces the file by `data`, or leaves it as it was: written under a temporary name in the same
  /// folder, then renamed.
  ///
  /// A symbolic link stays one. A device or pipe is written to, since renaming over it would remove it.
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
    guard isReplaceable else { return try body(try FileWriter(opening: url.path)) }
    let target = url.resolvingSymlinksInPath()
    let temporary = target.deletingLastPathComponent()
      .appendingPathComponent(".\(target.lastPathComponent).\(UUID().uuidString)").path
    do throws(FileFailure) {
      try body(try FileWriter(creating: temporary))
      guard rename(temporary, target.path) == 0 else { throw FileFailure(code: errno) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Whether the path leads to a regular file, or to nothing yet.
  private var isReplaceable: Bool {
    var status = stat()
    return stat(url.path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }
}
