/// What a picture file says of itself before any pixel is decoded.
///
/// libgd decodes half of a truncated JPEG and takes the header's word for the size of a PNG, so the
/// frame is checked first, byte by byte and within bounds.
struct PictureStructure: Equatable {
  /// The pixels as they are stored.
  let height: Int
  let width: Int
  /// How they are turned to be shown.
  let orientation: PictureOrientation
  /// How often the pixels are gone through: a JPEG may refine them scan by scan.
  let scanCount: Int
  /// The bytes to decode.
  let essentials: [UInt8]

  /// Checks the frame of a file of kind `format`.
  init(checking bytes: [UInt8], as format: PictureFormat) throws(PictureDamage) {
    switch format {
    case .png: self = try Self.png(bytes)
    case .jpeg: self = try Self.jpeg(bytes)
    }
  }

  init(
    height: Int, width: Int, orientation: PictureOrientation?, scanCount: Int = 1,
    essentials: [UInt8]
  ) throws(PictureDamage) {
    guard height > 0, width > 0 else {
      throw PictureDamage("a picture of \(height) × \(width) pixels")
    }
    self.height = height
    self.width = width
    self.orientation = orientation ?? .upright
    self.scanCount = scanCount
    self.essentials = essentials
  }
}

/// The rule that a picture file breaks.
struct PictureDamage: Error, Equatable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}

extension [UInt8] {
  /// The unsigned number in `count` bytes at `offset`, most significant first.
  func bigEndian(at offset: Int, count: Int) -> Int {
    self[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
  }
}
