internal import ConvolutionalNetworks

/// How frames of any sizes become pictures of one size.
struct AnimationLayout {
  /// The height of the highest picture.
  private let height: Int
  /// The width of the widest picture.
  private let width: Int
  /// Whether there is a line of text below each picture.
  private let hasCaptions: Bool

  /// - Parameter frames: at least one, each a picture that can be written.
  init(_ frames: [AnimationFrame]) {
    height = frames.map { $0.picture.shape[$0.picture.rank - 3] }.max() ?? 1
    width = frames.map { $0.picture.shape[$0.picture.rank - 2] }.max() ?? 1
    hasCaptions = frames.contains { $0.caption != nil }
  }

  /// The rows of pixels of every frame.
  var frameHeight: Int { height + (hasCaptions ? Caption.height : 0) }
  /// The columns of pixels of every frame.
  var frameWidth: Int { width }

  /// A frame as a picture `[frameHeight, frameWidth, 3]`.
  ///
  /// Smaller pictures, such as those of the first stages of a pyramid, are enlarged bilinearly.
  func picture(of frame: AnimationFrame) -> Tensor {
    let sheet = ContactSheet(
      [frame.picture.resized(height: height, width: width)],
      captions: hasCaptions ? [frame.caption ?? ""] : [], columns: 1, gap: 0)
    return sheet.picture.reshaped(to: [frameHeight, frameWidth, 3])
  }
}
