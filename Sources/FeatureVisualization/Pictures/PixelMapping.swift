internal import CFVKernels

/// A factor and an offset per channel: `value = picture · scale + offset`.
struct PixelMapping: Sendable, Equatable {
  let scale: [Float]
  let offset: [Float]

  private var channels: Int { scale.count }

  /// Whether values are pictures.
  var isIdentity: Bool { scale.allSatisfy { $0 == 1 } && offset.allSatisfy { $0 == 0 } }

  /// Writes the values of a picture (channels innermost), with the channels in reverse order if asked.
  func apply(
    _ picture: UnsafePointer<Float>, _ values: UnsafeMutablePointer<Float>, count: Int,
    reversingChannels: Bool = false
  ) {
    forEachStretch(count) { start, pixels in
      cfv_map_pixels(
        picture + start, values + start, pixels, channels, scale, offset,
        reversingChannels ? 1 : 0)
    }
  }

  /// Writes the picture of values.
  func applyInverse(
    _ values: UnsafePointer<Float>, _ picture: UnsafeMutablePointer<Float>, count: Int
  ) {
    let scales = scale.map { 1 / $0 }
    let offsets = zip(offset, scale).map { -$0 / $1 }
    forEachStretch(count) { start, pixels in
      cfv_map_pixels(values + start, picture + start, pixels, channels, scales, offsets, 0)
    }
  }

  /// Writes the gradient of values for that of their picture, times `factor`.
  func pullBackInverse(
    _ picture: UnsafePointer<Float>, _ values: UnsafeMutablePointer<Float>, count: Int,
    factor: Float = 1
  ) {
    let scales = scale.map { factor / $0 }
    forEachStretch(count) { start, pixels in
      cfv_pull_back_pixels(picture + start, values + start, pixels, channels, scales, 0, 0)
    }
  }

  /// Holds values in the range of pictures.
  func clamp(_ values: UnsafeMutablePointer<Float>, count: Int) {
    let high = zip(scale, offset).map { $0 + $1 }
    forEachStretch(count) { start, pixels in
      cfv_clamp_pixels(values + start, pixels, channels, offset, high)
    }
  }

  /// Writes a picture's gradient, or adds to it, what values with `gradient` hand down.
  func pullBack(
    _ gradient: UnsafePointer<Float>, into picture: UnsafeMutablePointer<Float>, count: Int,
    reversingChannels: Bool = false, adding: Bool = false
  ) {
    forEachStretch(count) { start, pixels in
      cfv_pull_back_pixels(
        gradient + start, picture + start, pixels, channels, scale, reversingChannels ? 1 : 0,
        adding ? 1 : 0)
    }
  }

  /// Calls `body` with the first number of every stretch of pixels and its pixels.
  private func forEachStretch(_ count: Int, _ body: (_ start: Int, _ pixels: Int) -> Void) {
    Stretch.forEach(of: count / channels, by: Stretch.length / 2) {
      body($0.lowerBound * channels, $0.count)
    }
  }
}
