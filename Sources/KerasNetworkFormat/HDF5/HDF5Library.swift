internal import CFVHDF5
internal import Foundation

/// libhdf5, which Debian and Homebrew build without support for threads: one caller at a time.
enum HDF5Library {
  private static let lock = NSLock()

  /// Opens a file for reading, calls `body` with it and closes it with everything that was opened in it.
  ///
  /// - Throws: `KerasError.Problem` where the file cannot be opened, and what `body` throws.
  static func withFile<Result>(
    _ url: URL, _ body: (HDF5File) throws(KerasError.Problem) -> Result
  ) throws(KerasError.Problem) -> Result {
    let (head, size) = try beginning(of: url)
    _ = try HDF5Superblock(head, fileSize: size)
    lock.lock()
    defer { lock.unlock() }
    cfv_hdf5_be_silent()
    let identifier = url.withUnsafeFileSystemRepresentation {
      $0.map { H5Fopen($0, readOnly, 0) } ?? -1
    }
    guard identifier >= 0 else { throw .notHDF5(reason: "libhdf5 cannot open it") }
    defer { H5Fclose(identifier) }
    return try body(HDF5File(identifier: identifier, size: size))
  }

  /// `H5F_ACC_RDONLY`, a macro with a cast in it.
  private static let readOnly: UInt32 = 0

  private static func beginning(of url: URL) throws(KerasError.Problem) -> ([UInt8], size: Int) {
    do {
      let handle = try FileHandle(forReadingFrom: url)
      defer { try? handle.close() }
      let head = try handle.read(upToCount: HDF5Superblock.byteCount) ?? Data()
      return (Array(head), Int(clamping: try handle.seekToEnd()))
    } catch { throw .unreadable(reason: error.localizedDescription) }
  }
}
