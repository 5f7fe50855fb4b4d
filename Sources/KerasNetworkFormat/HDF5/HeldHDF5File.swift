internal import CFVHDF5
internal import ConvolutionalNetworks
internal import Foundation

/// An HDF5 file that stays open as long as this lives, and needs no name meanwhile.
final class HeldHDF5File: Sendable {
  private let identifier: hid_t
  private let size: Int
  private let limits: ReadingLimits

  /// - Throws: `KerasError.Problem` where the file cannot be opened.
  init(_ url: URL, limits: ReadingLimits) throws(KerasError.Problem) {
    (identifier, size) = try HDF5Library.open(url)
    self.limits = limits
  }

  /// Calls `body` with the file while nobody else uses the library.
  func read<Result>(_ body: (HDF5File) throws(KerasError.Problem) -> Result)
    throws(KerasError.Problem) -> Result
  {
    try HDF5Library.withoutPlugins { () throws(KerasError.Problem) in
      try body(HDF5File(identifier, size: size, limits: limits))
    }
  }

  deinit {
    HDF5Library.exclusively { _ = H5Fclose(identifier) }
  }
}
