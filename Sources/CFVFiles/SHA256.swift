internal import CFVDigests

/// The SHA-256 of bytes that are read piece by piece.
package enum SHA256 {
  private static let blockSize = 1 << 20

  /// The digest in hexadecimal digits.
  package static func hexadecimal(of bytes: FileBytes) throws(FileFailure) -> String {
    var hash = cfv_sha256()
    cfv_sha256_begin(&hash)
    var start = 0
    while start < bytes.count {
      let end = min(start + blockSize, bytes.count)
      let block = try bytes.bytes(start..<end)
      cfv_sha256_append(&hash, block, block.count)
      start = end
    }
    var digest = [UInt8](repeating: 0, count: 32)
    cfv_sha256_end(&hash, &digest)
    return digest.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
  }
}
