internal import CFVFiles

/// A unit of a gallery.
public struct GalleryUnit: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The layer's name.
  public let layer: String
  /// The unit's index.
  public let unit: Int

  public var description: String { "\(layer) \(unit)" }

  /// What its picture is drawn from: 0 ..< 2³², which JavaScript's numbers hold. It follows from the gallery's seed and the
  /// unit alone, whatever else is drawn.
  public func seed(from seed: UInt64) -> UInt64 {
    var hash = SHA256()
    Array("\(seed) \(unit) \(layer)".utf8).withUnsafeBytes { hash.append($0) }
    return UInt64(hash.hexadecimal().prefix(8), radix: 16) ?? 0
  }
}
