internal import CFVFiles
internal import CFVGD

extension GDImage {
  /// An image whose pixels are places in a palette; `nil` without the memory for it.
  init?(height: Int, width: Int, palette: AnimationPalette) {
    guard let height = Int32(exactly: height), let width = Int32(exactly: width),
      let pointer = gdImageCreate(width, height)
    else { return nil }
    self.init(owning: pointer)
    for color in palette.colors {
      // Allocated in their order, each gets the next place, whatever colours are there.
      gdImageColorAllocate(pointer, color.x, color.y, color.z)
    }
  }

  /// Sets all pixels of an image that has a palette.
  ///
  /// - Precondition: there is a place for each pixel.
  func fill(with places: [UInt8]) {
    precondition(places.count == height * width, "\(places.count) of \(height * width) pixels")
    for row in 0..<height {
      guard let pixels = pointer.pointee.pixels[row] else { continue }
      for column in 0..<width { pixels[column] = places[row * width + column] }
    }
  }

  /// The bytes that a function of libgd's makes, or why it makes none.
  static func bytes(
    _ encode: (_ count: inout Int32) -> UnsafeMutableRawPointer?
  ) throws(FileFailure) -> [UInt8] {
    var count: Int32 = 0
    let (bytes, message) = GDMessages.during { encode(&count) }
    defer { gdFree(bytes) }
    guard let bytes, count > 0, message == nil else {
      throw FileFailure(message ?? "libgd cannot encode it")
    }
    return Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
  }
}
