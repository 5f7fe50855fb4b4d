/// Adds a frame round the picture, so that shifts and rotations find something beyond its edge.
///
/// An axis of one pixel, as a signal has, stays as it is.
public struct PicturePadding: InputModifier {
  /// Pixels added on each side.
  public let pixels: Int
  /// The grey of the frame, 0…1.
  public let brightness: Float

  public init(_ pixels: Int, brightness: Float = 0.5) {
    self.pixels = pixels
    self.brightness = brightness
  }

  public var name: String { "Padding" }

  public func validate(_ size: PictureSize) throws(VisualizationError) {
    guard (0...4096).contains(pixels) else {
      throw .invalidArgument("padding", "\(pixels) pixels are not in 0...4096")
    }
  }

  public func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    let (top, left) = (size.height > 1 ? pixels : 0, size.width > 1 ? pixels : 0)
    return Translation(
      size,
      to: PictureSize(
        height: size.height + 2 * top, width: size.width + 2 * left, channels: size.channels),
      top: top, left: left, edge: .fill(brightness))
  }
}

extension InputModifier where Self == PicturePadding {
  /// Adds a grey frame of so many pixels.
  public static func padding(_ pixels: Int, brightness: Float = 0.5) -> PicturePadding {
    PicturePadding(pixels, brightness: brightness)
  }
}
