internal import CFVFiles
internal import CFVHDF5
internal import ConvolutionalNetworks
internal import Foundation

/// libhdf5, which Debian and Homebrew build without support for threads: one caller at a time.
enum HDF5Library {
  private static let lock = NSLock()

  /// Calls `body` while nobody else uses the library.
  static func exclusively<Result, Failure: Error>(_ body: () throws(Failure) -> Result)
    throws(Failure) -> Result
  {
    lock.lock()
    defer { lock.unlock() }
    return try body()
  }

  /// Opens a file for reading, calls `body` with it and closes it.
  ///
  /// - Throws: `KerasError.Problem` where the file cannot be opened, and what `body` throws.
  static func withFile<Result>(
    _ url: URL, limits: ReadingLimits,
    _ body: (HDF5File) throws(KerasError.Problem) -> Result
  ) throws(KerasError.Problem) -> Result {
    let file = try HeldHDF5File(url, limits: limits)
    return try file.read(body)
  }

  /// Opens a file for reading and tells its size.
  ///
  /// - Throws: `KerasError.Problem` where it cannot be opened.
  static func open(_ url: URL) throws(KerasError.Problem) -> (identifier: hid_t, size: Int) {
    let size: Int
    let head: [UInt8]
    do throws(FileFailure) {
      let bytes = try FileBytes(url)
      size = bytes.count
      head = try bytes.bytes(0..<min(size, HDF5Superblock.byteCount))
    } catch { throw .unreadable(reason: error.reason) }
    _ = try HDF5Superblock(head, fileSize: size)
    return try withoutPlugins { () throws(KerasError.Problem) in
      let identifier = openOneFile(url)
      guard identifier >= 0 else { throw .notHDF5(reason: "libhdf5 cannot open it") }
      return (identifier, size)
    }
  }

  /// Calls `body` while nobody else uses the library, which loads no plugin meanwhile, whatever filter a file asks for.
  static func withoutPlugins<Result>(_ body: () throws(KerasError.Problem) -> Result)
    throws(KerasError.Problem) -> Result
  {
    try exclusively { () throws(KerasError.Problem) in
      cfv_hdf5_be_silent()
      var plugins: UInt32 = 0
      H5PLget_loading_state(&plugins)
      H5PLset_loading_state(0)
      defer { H5PLset_loading_state(plugins) }
      return try body()
    }
  }

  /// The file read as one file: the other drivers of the library read several.
  private static func openOneFile(_ url: URL) -> hid_t {
    let access = H5Pcreate(cfv_hdf5_file_access())
    guard access >= 0 else { return -1 }
    defer { H5Pclose(access) }
    guard H5Pset_fapl_sec2(access) >= 0 else { return -1 }
    return url.withUnsafeFileSystemRepresentation { $0.map { H5Fopen($0, readOnly, access) } ?? -1 }
  }

  /// `H5F_ACC_RDONLY`, a macro with a cast in it.
  private static let readOnly: UInt32 = 0
}
