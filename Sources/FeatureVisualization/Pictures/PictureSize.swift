/// The extents of a picture; a signal is a picture of one row.
public struct PictureSize: Sendable, Hashable {
  /// Rows of pixels.
  public let height: Int
  /// Columns of pixels.
  public let width: Int
  /// 3 for colour (RGB), 1 for grey, or as many as an input has.
  public let channels: Int

  public init(height: Int, width: Int, channels: Int = 3) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// The numbers that make up a picture of this size.
  public var count: Int { height * width * channels }
}

extension PictureSize {
  /// The most pixels of a side.
  static let largestSide = 16384

  /// Refuses sides that no picture has.
  func validate() throws(VisualizationError) {
    guard (1...Self.largestSide).contains(height), (1...Self.largestSide).contains(width) else {
      throw .invalidArgument("size", "\(height)×\(width) is not in 1...\(Self.largestSide)")
    }
  }
}

extension PictureSize: CustomStringConvertible {
  public var description: String { "\(height)×\(width)×\(channels)" }
}
