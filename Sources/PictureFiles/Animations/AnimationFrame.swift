public import ConvolutionalNetworks

/// One picture of an animation, with what stands below it and how long it is shown.
public struct AnimationFrame: Sendable {
  /// The picture, 0…1: `[H, W, C]` or `[1, H, W, C]`, grey or RGB.
  public var picture: Tensor
  /// A line of text under the picture; `nil` for none.
  public var caption: String?
  /// How long the frame is shown; `nil` for as long as the animation shows a frame.
  public var seconds: Double?

  /// A frame of an animation.
  ///
  /// - Parameters:
  ///   - picture: `[H, W, C]` or `[1, H, W, C]`, 0…1, of 1 or 3 channels.
  ///   - caption: a line of text, shortened to the width of the picture. Letters beyond ASCII lose their accents or become
  ///     `?`.
  ///   - seconds: how long it is shown, in place of the animation's delay.
  public init(_ picture: Tensor, caption: String? = nil, seconds: Double? = nil) {
    (self.picture, self.caption, self.seconds) = (picture, caption, seconds)
  }
}
