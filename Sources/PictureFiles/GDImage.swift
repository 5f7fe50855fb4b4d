internal import CFVGD

/// A picture in libgd's memory: a colour of 8 bits per channel for each pixel, or an index into a palette.
struct GDImage: ~Copyable {
  let pointer: gdImagePtr

  var height: Int { Int(pointer.pointee.sy) }
  var width: Int { Int(pointer.pointee.sx) }

  init(owning pointer: gdImagePtr) { self.pointer = pointer }

  deinit { gdImageDestroy(pointer) }

  /// A black image, to be written to; `nil` without the memory for it.
  init?(height: Int, width: Int) {
    guard let height = Int32(exactly: height), let width = Int32(exactly: width),
      let pointer = gdImageCreateTrueColor(width, height)
    else { return nil }
    self.init(owning: pointer)
  }

  /// Decodes a file whose structure has been checked.
  ///
  /// A warning counts as an error: what libjpeg calls recoverable is a picture that is half grey.
  static func decoding(
    _ structure: PictureStructure, as format: PictureFormat
  ) throws(PictureDamage) -> GDImage {
    var bytes = structure.essentials
    guard let count = Int32(exactly: bytes.count) else {
      throw PictureDamage("\(bytes.count) bytes are more than libgd takes")
    }
    let (pointer, message) = GDMessages.during {
      switch format {
      case .png: gdImageCreateFromPngPtr(count, &bytes)
      case .jpeg: gdImageCreateFromJpegPtrEx(count, &bytes, 0)
      }
    }
    guard let pointer else { throw PictureDamage(message ?? "libgd cannot decode it") }
    let image = GDImage(owning: pointer)
    if let message { throw PictureDamage(message) }
    guard image.height == structure.height, image.width == structure.width else {
      throw PictureDamage("\(image.height) × \(image.width) pixels, unlike its header")
    }
    return image
  }

  /// The bytes of a file of kind `format`, or why libgd makes none.
  func encoded(as format: PictureFormat, quality: Int) throws(PictureDamage) -> [UInt8] {
    var count: Int32 = 0
    let (bytes, message) = GDMessages.during {
      switch format {
      case .png: gdImagePngPtr(pointer, &count)
      case .jpeg: gdImageJpegPtr(pointer, &count, Int32(quality))
      }
    }
    defer { gdFree(bytes) }
    guard let bytes, count > 0, message == nil else {
      throw PictureDamage(message ?? "libgd cannot encode it")
    }
    return Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
  }
}
