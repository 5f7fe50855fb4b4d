/// Adds a frame round the picture, so that shifts and rotations find something beyond its edge.
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
    Translation(
      size,
      to: PictureSize(
        height: size.height + 2 * pixels, width: size.width + 2 * pixels, channels: size.channels),
      top: pixels, left: pixels, edge: .fill(brightness))
  }
}

extension InputModifier where Self == PicturePadding {
  /// Adds a grey frame of so many pixels.
  public static func padding(_ pixels: Int, brightness: Float = 0.5) -> PicturePadding {
    PicturePadding(pixels, brightness: brightness)
  }
}
