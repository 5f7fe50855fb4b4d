internal import CFVFiles
internal import CFVHDF5
internal import ConvolutionalNetworks
internal import Foundation

/// libhdf5, which Debian and Homebrew build without support for threads: one caller at a time.
enum HDF5Library {
  private static let lock = NSLock()

  /// Opens a file for reading, calls `body` with it and closes it with everything that was opened in it.
  ///
  /// The library loads no plugin meanwhile, whatever filter the file asks for.
  ///
  /// - Throws: `KerasError.Problem` where the file cannot be opened, and what `body` throws.
  static func withFile<Result>(
    _ url: URL, limits: ReadingLimits,
    _ body: (HDF5File) throws(KerasError.Problem) -> Result
  ) throws(KerasError.Problem) -> Result {
    let size: Int
    let head: [UInt8]
    do throws(FileFailure) {
      let bytes = try FileBytes(url)
      size = bytes.count
      head = try bytes.bytes(0..<min(size, HDF5Superblock.byteCount))
    } catch { throw .unreadable(reason: error.reason) }
    _ = try HDF5Superblock(head, fileSize: size)
    lock.lock()
    defer { lock.unlock() }
    cfv_hdf5_be_silent()
    var plugins: UInt32 = 0
    H5PLget_loading_state(&plugins)
    H5PLset_loading_state(0)
    defer { H5PLset_loading_state(plugins) }
    let identifier = open(url)
    guard identifier >= 0 else { throw .notHDF5(reason: "libhdf5 cannot open it") }
    defer { H5Fclose(identifier) }
    return try body(HDF5File(identifier, size: size, limits: limits))
  }

  /// The file read as one file: the other drivers of the library read several.
  private static func open(_ url: URL) -> hid_t {
    let access = H5Pcreate(cfv_hdf5_file_access())
    guard access >= 0 else { return -1 }
    defer { H5Pclose(access) }
    guard H5Pset_fapl_sec2(access) >= 0 else { return -1 }
    return url.withUnsafeFileSystemRepresentation { $0.map { H5Fopen($0, readOnly, access) } ?? -1 }
  }

  /// `H5F_ACC_RDONLY`, a macro with a cast in it.
  private static let readOnly: UInt32 = 0
}
