extension DecoderContext {
  /// The matrix of a basis from planes to the picture's colours; `nil` where each channel is for itself.
  ///
  /// ImageNet's is for red, green and blue: channels that are no colours, and grey, do without it.
  ///
  /// - Throws: `VisualizationError.incompatible` for a basis of other channels than the picture's.
  func matrix(
    of colors: ColorDecorrelation?, besides opacities: Int = 0
  ) throws(VisualizationError) -> [Float]? {
    guard let colors else { return nil }
    let count = size.channels - opacities
    if colors == .imageNet {
      return specification.channelOrder.isColor && count == 3 ? colors.matrix : nil
    }
    guard colors.channelCount == count else {
      throw .incompatible(
        "a basis of \(colors.channelCount) channels", "pictures of \(count)",
        reason: "make one of a covariance of \(count) channels, or do without: colors: nil")
    }
    return colors.matrix
  }
}
