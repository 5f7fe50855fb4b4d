internal import CFVDigests

/// The SHA-256 of bytes that come piece by piece.
package struct SHA256 {
  private var state = cfv_sha256()

  /// The digest of no bytes yet.
  package init() { cfv_sha256_begin(&state) }

  /// Appends bytes.
  package mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress else { return }
    cfv_sha256_append(&state, base, bytes.count)
  }

  /// The digest of all bytes so far, in hexadecimal digits.
  package func hexadecimal() -> String {
    // Ending a digest spends its state.
    var state = state
    var digest = [UInt8](repeating: 0, count: 32)
    cfv_sha256_end(&state, &digest)
    return digest.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }
}

extension SHA256 {
  private static let blockSize = 1 << 20

  /// The digest of a file's bytes in hexadecimal digits.
  package static func hexadecimal(of bytes: FileBytes) throws(FileFailure) -> String {
    var hash = SHA256()
    var start = 0
    while start < bytes.count {
      let end = min(start + blockSize, bytes.count)
      let block = try bytes.bytes(start..<end)
      block.withUnsafeBytes { hash.append($0) }
      start = end
    }
    return hash.hexadecimal()
  }
}
