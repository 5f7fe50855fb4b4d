import ConvolutionalNetworks
import Foundation

/// The memory that the BLAS library needs before anything else runs.
enum ProductMemory {
  /// Ends the process with a message where the system refuses that memory.
  ///
  /// OpenBLAS' own threads ask for it for ever from the moment they are loaded, and `exit` waits for them; so the process
  /// ends without.
  static func require() {
    guard !BLASMemory.reserve(threads: 1) else { return }
    let message = """
      Error: OpenBLAS needs 128 MB of addresses for each thread, which the system refuses: raise the limit on memory \
      (ulimit -v)

      """
    StandardStreams.writeError(message)
    _exit(1)
  }
}
