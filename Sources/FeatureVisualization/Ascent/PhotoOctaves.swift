/// A photo at the sizes of stages that follow one another.
struct PhotoOctaves {
  private let size: PictureSize
  private let pixels: [Float]

  /// - Parameter photo: `[1, H, W, C]`; of several, the first.
  init(_ photo: Tensor) {
    size = PictureSize(height: photo.shape[1], width: photo.shape[2], channels: photo.shape[3])
    pixels = Array(photo.elements[..<size.count])
  }

  /// The pictures that a stage starts from, `[N, H, W, C]` in 0…1: the photo, or what was drawn before, enlarged, with the detail
  /// that the photo lost at the earlier size.
  func pictures(
    _ count: Int, _ stage: PictureSize, after earlier: OptimizedParameters?
  ) throws(VisualizationError) -> Tensor {
    let target = PictureSize(height: stage.height, width: stage.width, channels: size.channels)
    let photo = resized(to: target)
    var elements: [Float] = []
    if let earlier {
      guard earlier.values.count == count else {
        throw .invalidArgument(
          "start", "\(earlier.values.count) pictures, and \(count) are asked for")
      }
      let before = PictureSize(
        height: earlier.size.height, width: earlier.size.width, channels: size.channels)
      let known = Resampling.resize(before, height: target.height, width: target.width)
        .applied(to: resized(to: before))
      let whole = PictureSize(
        height: target.height, width: target.width, channels: earlier.size.channels)
      for index in 0..<count {
        let drawn = try earlier.picture(index, whole)
          .withChannels(size.channels, of: earlier.size.channels)
        elements += drawn.indices.map { min(max(drawn[$0] + photo[$0] - known[$0], 0), 1) }
      }
    } else {
      for _ in 0..<count { elements += photo }
    }
    return Tensor(shape: [count, target.height, target.width, size.channels], elements: elements)
  }

  /// The photo at another size: halved by the means of 2 × 2 pixels as long as it is twice as large, then bilinearly.
  private func resized(to target: PictureSize) -> [Float] {
    var (picture, current) = (pixels, size)
    while current != target {
      let isHalving = current.height >= 2 * target.height || current.width >= 2 * target.width
      let next =
        isHalving
        ? PictureSize(
          height: max(target.height, (current.height + 1) / 2),
          width: max(target.width, (current.width + 1) / 2), channels: size.channels)
        : target
      picture = Resampling.resize(current, height: next.height, width: next.width)
        .applied(to: picture)
      current = next
    }
    return picture
  }
}

extension Preset.Start {
  /// Where a stage starts that says so itself, after an earlier one; `nil` where it goes on from what that ended with.
  func going(onFrom earlier: OptimizedParameters) -> Preset.Start? {
    guard case .octave(let photo, nil) = self else { return nil }
    return .octave(of: photo, after: earlier)
  }
}
