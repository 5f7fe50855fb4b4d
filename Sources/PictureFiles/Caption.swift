internal import CFVGD
internal import ConvolutionalNetworks
internal import Foundation

/// A line of text as a picture, in libgd's own bitmap font.
///
/// The font has the letters of ASCII; other letters lose their accents or become `?`.
struct Caption {
  /// The pixels of a line from top to bottom, its margin included.
  static let height = 17

  let text: String

  init(_ text: String) {
    let plain = text.decomposedStringWithCompatibilityMapping.unicodeScalars.filter {
      !$0.properties.isDiacritic
    }
    self.text = String(
      String.UnicodeScalarView(plain.map { (32..<127).contains($0.value) ? $0 : "?" }))
  }

  /// The pixels that a text takes.
  static func width(of text: String) -> Int { width(of: Caption(text).text.utf8.count) }

  /// The pixels that so many letters take.
  static func width(of letters: Int) -> Int { letters * Int(gdFontGetSmall()!.pointee.w) }

  /// A text as far as it goes into a width, with dots where it is longer.
  static func shortened(_ text: String, width: Int) -> String {
    let (letters, room) = (Caption(text).text, width / Self.width(of: 1))
    guard letters.utf8.count > room else { return letters }
    return String(letters.prefix(max(room - 2, 0))) + "..".prefix(max(room, 0))
  }

  /// Writes the text in the middle of a line `width` pixels wide, shortened with dots where it is longer.
  ///
  /// - Returns: `[height, width, 1]`, 0 for the paper and 1 for the ink.
  func ink(width: Int) -> Tensor {
    let font = gdFontGetSmall()!
    let letter = Int(font.pointee.w)
    var shown = Array(Self.shortened(text, width: width).utf8)
    guard let image = GDImage(height: Self.height, width: width) else {
      return Tensor(shape: [Self.height, width, 1])
    }
    shown.append(0)
    gdImageString(
      image.pointer, font, Int32((width - (shown.count - 1) * letter) / 2), 2, &shown, 0xFF_FFFF)
    return image.tensor(.gray, .upright)?.reshaped(to: [Self.height, width, 1])
      ?? Tensor(shape: [Self.height, width, 1])
  }
}
