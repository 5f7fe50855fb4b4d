internal import CFVFiles
public import ConvolutionalNetworks
public import Foundation

/// A PNG or JPEG file.
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

  /// Where the file is.
  public let url: URL

  /// The file at `url`, whether it exists or not.
  public init(_ url: URL) { self.url = url }

  /// The picture, 0…1: `[1, H, W, 3]`, or `[1, H, W, 1]` for `.gray`.
  ///
  /// The kind is told from the contents, not the name. Transparent parts are laid over white; deeper
  /// colours are cut to 8 bits; profiles, gamma and EXIF orientation are not applied.
  ///
  /// - Throws: `PictureFileError` where the file cannot be read, is no PNG or JPEG, is truncated or
  ///   damaged, or has more than `maximumPixelCount` pixels. A PNG has checksums; of a JPEG a wrong byte
  ///   within the pixels shows only where decoding stumbles over it.
  public func read(_ channels: Channels = .rgb) throws(PictureFileError) -> Tensor {
    let file = WholeFile(url)
    let data: Data
    do { data = try file.read() } catch {
      throw .unreadable(file: file.name, reason: error.reason)
    }
    return try Self.picture(in: Array(data), of: file.name, channels)
  }

  /// The picture that `bytes`, the contents of the file named `name`, are.
  static func picture(
    in bytes: [UInt8], of name: String, _ channels: Channels = .rgb
  ) throws(PictureFileError) -> Tensor {
    guard let format = PictureFormat(beginning: bytes) else { throw .notAPicture(file: name) }
    let structure: PictureStructure
    do { structure = try PictureStructure(checking: bytes, as: format) } catch {
      throw .damaged(file: name, reason: error.reason)
    }
    guard admits(height: structure.height, width: structure.width) else {
      throw .tooLarge(file: name, height: structure.height, width: structure.width)
    }
    do { return try GDImage.decoding(structure, as: format).tensor(channels) } catch {
      throw .damaged(file: name, reason: error.reason)
    }
  }

  /// Writes a picture, 0…1, as PNG or JPEG by the name's extension.
  ///
  /// Values are clamped and rounded to the nearest of 256 levels. An existing file is replaced; where
  /// writing fails it stays as it was.
  ///
  /// - Parameters:
  ///   - picture: a tensor `[H, W, C]` or `[1, H, W, C]` with C = 1 or 3.
  ///   - quality: of a JPEG, clamped to 0…100.
  /// - Throws: `PictureFileError` where the name ends in no known extension, the tensor is no such picture
  ///   or holds NaN, or the file cannot be written.
  public func write(_ picture: Tensor, quality: Int = 95) throws(PictureFileError) {
    let file = WholeFile(url)
    guard let format = PictureFormat(fileExtension: url.pathExtension) else {
      throw .unsupportedExtension(file: file.name)
    }
    let pixels = try writable(picture, to: file)
    guard let image = GDImage(pixels) else {
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
  private func writable(_ picture: Tensor, to file: WholeFile) throws(PictureFileError) -> Tensor {
    let shape = picture.rank == 4 ? Array(picture.shape.dropFirst()) : picture.shape
    guard shape.count == 3, [1, 3].contains(shape[2]), picture.count > 0,
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

  private static func admits(height: Int, width: Int) -> Bool {
    let (count, overflows) = height.multipliedReportingOverflow(by: width)
    return !overflows && count <= maximumPixelCount
  }
}
