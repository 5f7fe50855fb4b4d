public import ConvolutionalNetworks

/// A few lines of text as a picture, black on white, in the font of captions.
///
/// The font has the letters of ASCII; other letters lose their accents or become `?`.
public struct TextPicture: Sendable {
  /// The lines from top to bottom; shortened with dots where they are longer than the picture is wide.
  public let lines: [String]
  /// The rows of pixels; lines beyond are left out.
  public let height: Int
  /// The columns of pixels.
  public let width: Int

  /// - Precondition: both sides are above 0.
  public init(_ lines: [String], height: Int, width: Int) {
    precondition(height > 0 && width > 0, "\(height) × \(width) pixels")
    (self.lines, self.height, self.width) = (lines, height, width)
  }

  /// The picture, `[1, height, width, 1]`, with the lines in its middle.
  public var picture: Tensor {
    let shown = lines.prefix(height / Caption.height)
    let top = (height - shown.count * Caption.height) / 2
    return Tensor(shape: [1, height, width, 1]) { pixels in
      pixels.update(repeating: 1)
      for (number, line) in shown.enumerated() {
        let first = (top + number * Caption.height) * width
        for (place, ink) in Caption(line).ink(width: width).elements.enumerated() {
          pixels[first + place] = 1 - ink
        }
      }
    }
  }
}
