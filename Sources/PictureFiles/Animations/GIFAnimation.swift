internal import CFVFiles
internal import CFVGD
internal import ConvolutionalNetworks

/// The frames of a GIF, written one after the other by libgd.
struct GIFAnimation {
  private let frames: [AnimationFrame]
  private let layout: AnimationLayout
  private let timing: AnimationTiming
  private let palette: AnimationPalette

  /// The most pixels a side, of which the format has 16 bits.
  private static let longestSide = 65_535

  init(
    _ frames: [AnimationFrame], _ layout: AnimationLayout, _ timing: AnimationTiming
  ) throws(FileFailure) {
    guard max(layout.frameHeight, layout.frameWidth) <= Self.longestSide else {
      throw FileFailure(
        """
        \(layout.frameHeight) × \(layout.frameWidth) pixels, and a GIF has at most \(Self.longestSide) a side; write .apng
        """)
    }
    (self.frames, self.layout, self.timing) = (frames, layout, timing)
    palette = try AnimationPalette(
      ofPictures: frames.count, pixelCount: layout.frameHeight * layout.frameWidth
    ) { layout.picture(of: frames[$0]) }
  }

  func write(to writer: borrowing FileWriter) throws(FileFailure) {
    let (height, width) = (layout.frameHeight, layout.frameWidth)
    guard let image = GDImage(height: height, width: width, palette: palette) else {
      throw FileFailure("not enough memory")
    }
    // The format counts repetitions, and an animation without a count is played once.
    let repetitions = Int32(timing.loops == 0 ? 0 : timing.loops == 1 ? -1 : timing.loops - 1)
    try writer.append(
      try GDImage.bytes { gdImageGifAnimBeginPtr(image.pointer, &$0, 1, repetitions) })
    var dithering = PaletteDithering(palette)
    for frame in frames {
      image.fill(with: dithering.indices(of: layout.picture(of: frame)))
      let hundredths = Int32(timing.hundredths(of: frame))
      try writer.append(
        try GDImage.bytes {
          gdImageGifAnimAddPtr(
            image.pointer, &$0, 0, 0, 0, hundredths, Int32(gdDisposalNone), nil)
        })
    }
    try writer.append(try GDImage.bytes { gdImageGifAnimEndPtr(&$0) })
  }
}
