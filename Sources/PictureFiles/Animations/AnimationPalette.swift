internal import CFVFiles
internal import CFVGD
internal import ConvolutionalNetworks

/// At most 256 colours for all frames of an animation.
struct AnimationPalette {
  /// Red, green and blue of each colour, 0…255.
  let colors: [SIMD3<Int32>]
  /// Where colours of the palette are in it, by 0xRRGGBB.
  private let places: [Int32: UInt8]

  /// The most colours of a GIF.
  private static let capacity = 256
  /// The pixels that a palette is chosen by: more make it no better.
  private static let sampleCount = 1 << 19

  init(_ colors: [SIMD3<Int32>]) {
    self.colors = colors
    places = Dictionary(
      zip(colors.map(\.packed), 0...).map { ($0, UInt8($1)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The colours of the pictures themselves where they are few enough; or else 254 chosen by the NeuQuant network, and
  /// black and white, which captions are made of.
  ///
  /// - Parameters:
  ///   - count: the number of pictures.
  ///   - pixelCount: the pixels of each.
  ///   - picture: makes one of them, `[H, W, 3]`.
  init(
    ofPictures count: Int, pixelCount: Int, picture: (Int) -> Tensor
  ) throws(FileFailure) {
    var own: Set<Int32> = []
    var sample: [Int32] = []
    // Places that do not line up with rows, the same in each run.
    let step = max(1, count * pixelCount / Self.sampleCount) | 1
    var next = 0
    for index in 0..<count {
      picture(index).withUnsafeBufferPointer { elements in
        for pixel in 0..<pixelCount {
          let color = SIMD3(elements, pixel).packed
          if own.count <= Self.capacity { own.insert(color) }
          if pixel == next {
            sample.append(color)
            next += step
          }
        }
      }
      next -= pixelCount
    }
    if own.count <= Self.capacity {
      self.init(own.sorted().map(SIMD3.init(packed:)))
    } else {
      self.init(
        try Self.chosen(from: sample, count: Self.capacity - 2)
          + [SIMD3(repeating: 0), SIMD3(repeating: 255)])
    }
  }

  /// The colours that stand for all of `sample` best.
  private static func chosen(
    from sample: [Int32], count: Int
  ) throws(FileFailure) -> [SIMD3<Int32>] {
    let width = 512
    guard let image = GDImage(height: (sample.count + width - 1) / width, width: width) else {
      throw FileFailure("not enough memory")
    }
    for place in 0..<image.height * width {
      gdImageSetPixel(
        image.pointer, Int32(place % width), Int32(place / width), sample[place % sample.count])
    }
    gdImageTrueColorToPaletteSetMethod(image.pointer, Int32(GD_QUANT_NEUQUANT.rawValue), 1)
    // What it tells of its learning is nobody's concern.
    let (isChosen, _) = GDMessages.during {
      gdImageTrueColorToPalette(image.pointer, 0, Int32(count))
    }
    guard isChosen != 0 else { throw FileFailure("libgd chooses no palette") }
    let found = image.pointer.pointee
    func channel<Values>(_ values: Values) -> [Int32] {
      withUnsafeBytes(of: values) { bytes in
        bytes.bindMemory(to: Int32.self).prefix(Int(found.colorsTotal)).map { $0 }
      }
    }
    let (red, green, blue) = (channel(found.red), channel(found.green), channel(found.blue))
    return red.indices.map { SIMD3(red[$0], green[$0], blue[$0]) }
  }

  /// Where a colour is in the palette, exactly; `nil` where it is not.
  func place(of color: SIMD3<Int32>) -> UInt8? { places[color.packed] }

  /// The place of the colour that is nearest to another.
  func nearest(to color: SIMD3<Int32>) -> UInt8 {
    var (best, least) = (0, Int32.max)
    for (place, own) in colors.enumerated() {
      let difference = own &- color
      let square = (difference &* difference).wrappedSum()
      if square < least { (best, least) = (place, square) }
    }
    return UInt8(best)
  }
}

extension SIMD3<Int32> {
  /// The colour of a pixel `[…, 3]`, 0…1, in the nearest of 256 levels.
  init(_ elements: UnsafeBufferPointer<Float>, _ pixel: Int) {
    self.init(
      GDPixel.byte(elements[3 * pixel]), GDPixel.byte(elements[3 * pixel + 1]),
      GDPixel.byte(elements[3 * pixel + 2]))
  }

  /// A colour of 0xRRGGBB.
  init(packed: Int32) { self.init(packed >> 16 & 0xFF, packed >> 8 & 0xFF, packed & 0xFF) }

  /// 0xRRGGBB.
  var packed: Int32 { self.x << 16 | self.y << 8 | self.z }
}
