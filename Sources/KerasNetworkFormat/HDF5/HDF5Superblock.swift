internal import Foundation

/// The first bytes of an HDF5 file, checked before libhdf5 sees it: the library may crash on damaged files.
///
/// https://docs.hdfgroup.org/hdf5/develop/_f_m_t3.html, "Disk Format: Level 0A".
struct HDF5Superblock {
  /// The most bytes that are looked at.
  static let byteCount = 64

  /// Checks the signature, the version and that the file is as long as it says.
  ///
  /// - Throws: `KerasError.Problem.notHDF5`.
  init(_ head: [UInt8], fileSize: Int) throws(KerasError.Problem) {
    guard head.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]) else {
      throw .notHDF5(reason: "it does not begin with HDF5's signature")
    }
    guard head.count >= Self.byteCount else {
      throw .notHDF5(reason: "it ends after \(head.count) bytes")
    }
    let version = head[8]
    // Where the sizes of offsets and lengths stand, and the addresses.
    let (sizes, addresses): (Int, Int)
    switch version {
    case 0: (sizes, addresses) = (13, 24)
    case 1: (sizes, addresses) = (13, 28)
    case 2, 3: (sizes, addresses) = (9, 12)
    default: throw .notHDF5(reason: "superblock version \(version) is not known")
    }
    guard head[sizes] == 8, head[sizes + 1] == 8 else {
      throw .notHDF5(
        reason: "offsets of \(head[sizes]) and lengths of \(head[sizes + 1]) bytes instead of 8")
    }
    func address(_ index: Int) -> UInt64 {
      head[(addresses + 8 * index)..<(addresses + 8 * index + 8)].reversed()
        .reduce(0) { $0 << 8 | UInt64($1) }
    }
    guard address(0) == 0 else {
      throw .notHDF5(reason: "its base address is \(address(0)), not 0")
    }
    // Where versions 0 and 1 describe a driver that spreads a file over several.
    guard version > 1 || address(3) == .max else {
      throw .notHDF5(reason: "it is one of several files that belong together; save it as one")
    }
    guard address(2) <= UInt64(fileSize) else {
      throw .notHDF5(reason: "it should be \(address(2)) bytes long but is \(fileSize)")
    }
  }
}
