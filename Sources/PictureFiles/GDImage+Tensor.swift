internal import CFVGD
internal import ConvolutionalNetworks

extension GDImage {
  /// The pixels over white, 0…1, turned as they are shown: `[1, H, W, 3]` for `.rgb`, `[1, H, W, 1]` for `.gray`;
  /// `nil` without the memory for them.
  func tensor(_ channels: PictureFile.Channels, _ orientation: PictureOrientation) -> Tensor? {
    // A true-colour PNG may name one colour that is transparent wherever it appears.
    let keyed = pointer.pointee.trueColor != 0 ? pointer.pointee.transparent : -1
    let (height, width) = (height, width)
    let shown = orientation.exchangesAxes ? [width, height] : [height, width]
    guard var tensor = Tensor(allocating: [1] + shown + [channels.count]) else { return nil }
    tensor.withUnsafeMutableBufferPointer { elements in
      var next = 0
      for y in 0..<shown[0] {
        for x in 0..<shown[1] {
          let source = orientation.source(y: y, x: x, height: height, width: width)
          let color = gdImageGetTrueColorPixel(pointer, Int32(source.x), Int32(source.y))
          let pixel = color == keyed ? GDPixel.white : GDPixel(color)
          switch channels {
          case .rgb:
            elements[next] = pixel.red
            elements[next + 1] = pixel.green
            elements[next + 2] = pixel.blue
          case .gray:
            elements[next] = pixel.luminance
          }
          next += channels.count
        }
      }
    }
    return tensor
  }

  /// An image of `picture`, a tensor `[H, W, C]` of 1 or 3 channels, and its opacity, `[H, W, 1]`, without NaN.
  init?(_ picture: Tensor, opacity: Tensor? = nil) {
    self.init(height: picture.shape[0], width: picture.shape[1])
    let channels = picture.shape[2]
    let isColored = channels == 3
    let opacities = opacity?.elements
    // Pixels take the place of what is there, instead of being laid over it.
    gdImageAlphaBlending(pointer, 0)
    gdImageSaveAlpha(pointer, opacity == nil ? 0 : 1)
    picture.withUnsafeBufferPointer { elements in
      var next = 0
      for y in 0..<pointer.pointee.sy {
        for x in 0..<pointer.pointee.sx {
          let red = GDPixel.byte(elements[next])
          let green = isColored ? GDPixel.byte(elements[next + 1]) : red
          let blue = isColored ? GDPixel.byte(elements[next + 2]) : red
          let clear = opacities.map { GDPixel.transparency($0[next / channels]) } ?? 0
          gdImageSetPixel(pointer, x, y, clear << 24 | red << 16 | green << 8 | blue)
          next += channels
        }
      }
    }
  }
}

/// A colour of libgd: from the top 7 bits of transparency, then red, green and blue of 8 bits.
struct GDPixel {
  static let white = GDPixel(0xFF_FFFF)

  private let color: Int32

  init(_ color: Int32) { self.color = color }

  var red: Float { overWhite(color >> 16 & 0xFF) }
  var green: Float { overWhite(color >> 8 & 0xFF) }
  var blue: Float { overWhite(color & 0xFF) }

  /// 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), exact where the three are equal.
  var luminance: Float {
    overWhite(
      299 * (color >> 16 & 0xFF) + 587 * (color >> 8 & 0xFF) + 114 * (color & 0xFF), 255_000)
  }

  /// What shows of `value` of `maximum` when the pixel lies over white.
  private func overWhite(_ value: Int32, _ maximum: Int32 = 255) -> Float {
    let transparency = Float(color >> 24 & 0x7F) / Float(gdAlphaMax)
    let opaque = Float(value) / Float(maximum)
    return transparency == 0 ? opaque : opaque + (1 - opaque) * transparency
  }

  /// The nearest of libgd's 128 levels of transparency for an opacity, clear below 0 and opaque above 1.
  static func transparency(_ opacity: Float) -> Int32 {
    Int32(((1 - min(max(opacity, 0), 1)) * Float(gdAlphaMax)).rounded())
  }

  /// The nearest of 256 levels for `value`, black below 0 and white above 1.
  static func byte(_ value: Float) -> Int32 {
    Int32((min(max(value, 0), 1) * 255).rounded())
  }
}
