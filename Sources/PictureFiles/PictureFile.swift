internal import CFVFiles
public import ConvolutionalNetworks
public import Foundation

/// A PNG or JPEG file; JPEGs of printers' colours (CMYK) are read too.
///
///     let picture = try PictureFile(URL(filePath: "ouzel.jpg")).read()
///     try PictureFile(URL(filePath: "flamingo.png")).write(picture)
public struct PictureFile: Sendable {
  /// What the channels of a picture that is read mean.
  public enum Channels: Sendable {
    /// Red, green and blue.
    case rgb
    /// Luminance, 0.299 R + 0.587 G + 0.114 B.
    case gray

    /// The number of channels.
    public var count: Int { self == .rgb ? 3 : 1 }
  }

  /// The most pixels a picture may have, 64 Mi: a small file can claim to be a huge picture.
  public static let maximumPixelCount = 1 << 26

  /// What reading a picture may take by default: 256 bytes for each of the file, since pictures are compressed far
  /// more than networks are.
  public static let standardLimits = ReadingLimits(memoryPerByte: 256)

  /// Where the file is.
  public let url: URL

  /// The file at `url`, whether it exists or not.
  public init(_ url: URL) { self.url = url }

  /// The picture, 0…1: `[1, H, W, 3]`, or `[1, H, W, 1]` for `.gray`.
  ///
  /// The kind is told from the contents, not the name. It is turned as the camera's notes say (EXIF orientation).
  /// Transparent parts are laid over white; deeper colours are cut to 8 bits; profiles and gamma are not applied.
  ///
  /// - Parameters:
  ///   - channels: what the channels of the result mean.
  ///   - limits: what reading the file may take.
  /// - Throws: `PictureFileError` where the file cannot be read, is no PNG or JPEG, is truncated or
  ///   damaged, has more than `maximumPixelCount` pixels, or takes more memory or time than `limits` allow. A PNG has checksums; of a JPEG a wrong byte
  ///   within the pixels shows only where decoding stumbles over it.
  public func read(
    _ channels: Channels = .rgb, limits: ReadingLimits = PictureFile.standardLimits
  ) throws(PictureFileError) -> Tensor {
    let file = WholeFile(url)
    let data: Data
    do { data = try file.read(atMost: Self.largestFile) } catch {
      throw .unreadable(file: file.name, reason: error.reason)
    }
    return try Self.picture(in: Array(data), of: file.name, channels, limits: limits)
  }

  /// The picture that `bytes`, the contents of the file named `name`, are.
  static func picture(
    in bytes: [UInt8], of name: String, _ channels: Channels = .rgb,
    limits: ReadingLimits = PictureFile.standardLimits
  ) throws(PictureFileError) -> Tensor {
    guard let format = PictureFormat(beginning: bytes) else { throw .notAPicture(file: name) }
    let structure: PictureStructure
    do { structure = try PictureStructure(checking: bytes, as: format) } catch {
      throw .damaged(file: name, reason: error.reason)
    }
    guard admits(height: structure.height, width: structure.width) else {
      throw .tooLarge(file: name, height: structure.height, width: structure.width)
    }
    if let excess = excess(of: structure, channels, limits, fileSize: bytes.count) {
      throw .exceedsLimits(file: name, reason: excess)
    }
    let picture: Tensor?
    do {
      picture = try GDImage.decoding(structure, as: format)
        .tensor(channels, structure.orientation)
    } catch {
      throw .damaged(file: name, reason: error.reason)
    }
    guard let picture else {
      throw .exceedsLimits(file: name, reason: "there is no memory for its pixels")
    }
    return picture
  }

  /// The most bytes that libgd takes at once.
  private static let largestFile = Int(Int32.max)
  /// More scans than encoders make of a picture, unless somebody asks them to.
  private static let usualScanCount = 16
  /// The pixels of all scans of a picture that has more: some seconds' work.
  private static let mostScannedPixels = 1 << 28

  /// Why decoding a picture would take too much; `nil` where it does not.
  private static func excess(
    of structure: PictureStructure, _ channels: Channels, _ limits: ReadingLimits, fileSize: Int
  ) -> String? {
    let pixels = structure.height * structure.width
    let scans = structure.scanCount
    guard scans <= usualScanCount || scans <= mostScannedPixels / pixels else {
      return "it goes through its \(pixels) pixels in \(scans) scans; save it again with fewer"
    }
    var budget = ReadingBudget(limits, fileSize: fileSize)
    do {
      // libgd's colours, then our numbers.
      try budget.take(pixels, of: MemoryLayout<Int32>.stride)
      try budget.take(pixels, of: channels.count * MemoryLayout<Float>.stride)
      return nil
    } catch { return "\(error)" }
  }

  /// Writes a picture, 0…1, as PNG or JPEG by the name's extension.
  ///
  /// Values are clamped and rounded to the nearest of 256 levels. An existing file is replaced; where
  /// writing fails it stays as it was.
  ///
  /// - Parameters:
  ///   - picture: a tensor `[H, W, C]` or `[1, H, W, C]`, grey or RGB: C = 1 or 3. Other channels are shown first, by
  ///     `ContactSheet(channelsOf:named:)` for example.
  ///   - opacity: how opaque each pixel is, `[H, W, 1]` or `[1, H, W, 1]`, 0…1, which only PNG has; it is kept in 128 levels.
  ///   - quality: of a JPEG, clamped to 0…100.
  /// - Throws: `PictureFileError` where the name ends in no known extension, the tensor is no such picture
  ///   or holds NaN, or the file cannot be written.
  public func write(
    _ picture: Tensor, opacity: Tensor? = nil, quality: Int = 95
  ) throws(PictureFileError) {
    let file = WholeFile(url)
    guard let format = PictureFormat(fileExtension: url.pathExtension) else {
      throw .unsupportedExtension(file: file.name)
    }
    let pixels = try writable(picture, to: file)
    let opacities = try opacity.map { (opacity) throws(PictureFileError) in
      guard format == .png, opacity.shape.suffix(3) == pixels.shape.prefix(2) + [1] else {
        throw .unsupportedOpacity(file: file.name, shape: opacity.shape)
      }
      return try writable(opacity, to: file)
    }
    guard let image = GDImage(pixels, opacity: opacities) else {
      throw .unwritable(file: file.name, reason: "not enough memory")
    }
    let bytes: [UInt8]
    do {
      bytes = try image.encoded(as: format, quality: min(max(quality, 0), 100))
    } catch { throw .unwritable(file: file.name, reason: error.reason) }
    do { try file.write(Data(bytes)) } catch {
      throw .unwritable(file: file.name, reason: error.reason)
    }
  }

  /// `picture` as `[H, W, C]`, if it can be written.
  func writable(
    _ picture: Tensor, to file: WholeFile
  ) throws(PictureFileError) -> Tensor {
    let shape = picture.rank == 4 ? Array(picture.shape.dropFirst()) : picture.shape
    guard shape.count == 3, shape[2] == 1 || shape[2] == 3, picture.count > 0,
      picture.rank == 3 || picture.shape[0] == 1
    else { throw .unsupportedShape(file: file.name, shape: picture.shape) }
    guard Self.admits(height: shape[0], width: shape[1]) else {
      throw .tooLarge(file: file.name, height: shape[0], width: shape[1])
    }
    if let place = picture.withUnsafeBufferPointer({ $0.firstIndex(where: \.isNaN) }) {
      let pixel = place / shape[2]
      throw .notANumber(
        file: file.name, row: pixel / shape[1], column: pixel % shape[1], channel: place % shape[2])
    }
    return picture.reshaped(to: shape)
  }

  /// Whether so many pixels are read and written.
  static func admits(height: Int, width: Int) -> Bool {
    let (count, overflows) = height.multipliedReportingOverflow(by: width)
    return !overflows && count <= maximumPixelCount
  }
}
