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
    cfv_map_pixels(
      picture, values, count / channels, channels, scale, offset, reversingChannels ? 1 : 0)
  }

  /// Writes the picture of values.
  func applyInverse(
    _ values: UnsafePointer<Float>, _ picture: UnsafeMutablePointer<Float>, count: Int
  ) {
    cfv_map_pixels(
      values, picture, count / channels, channels, scale.map { 1 / $0 },
      zip(offset, scale).map { -$0 / $1 }, 0)
  }

  /// Adds to a picture's gradient what values with `gradient` hand down.
  func pullBack(
    _ gradient: UnsafePointer<Float>, addingTo picture: UnsafeMutablePointer<Float>, count: Int,
    reversingChannels: Bool = false
  ) {
    cfv_pull_back_pixels(
      gradient, picture, count / channels, channels, scale, reversingChannels ? 1 : 0)
  }
}
