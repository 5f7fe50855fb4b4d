import FeatureVisualization

extension AttributionQuestion {
  /// The picture seen through a mask, the rest of it a baseline: `x · m + x₀ · (1 − m)`.
  ///
  /// - Parameters:
  ///   - mask: a number for each pixel, H × W: 1 shows the picture, 0 the baseline.
  ///   - baseline: a picture of the question's shape.
  func masked(by mask: [Float], over baseline: Tensor) -> Tensor {
    let (picture, channels) = (picture, picture.shape[3])
    let pixels = picture.span
    let others = baseline.span
    var result = picture
    var elements = result.mutableSpan
    for pixel in mask.indices {
      let share = mask[pixel]
      for element in pixel * channels..<(pixel + 1) * channels {
        elements[element] = others[element] + share * (pixels[element] - others[element])
      }
    }
    return result
  }

  /// A map of one number for each pixel, `[1, H, W, 1]`.
  func map(_ pixels: [Double], isSigned: Bool) -> AttributionMap {
    AttributionMap(
      Tensor(
        shape: [1, picture.shape[1], picture.shape[2], 1], elements: pixels.map { Float($0) }),
      isSigned: isSigned)
  }
}
