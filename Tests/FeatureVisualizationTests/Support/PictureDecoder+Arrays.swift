import FeatureVisualization

extension PictureDecoder {
  /// The picture of parameters.
  func decoded(_ parameters: [Float], _ size: PictureSize) -> [Float] {
    var picture = [Float](repeating: .nan, count: size.count)
    var span = picture.mutableSpan
    decode(parameters.span, into: &span)
    return picture
  }

  /// The gradient of parameters for one of their picture.
  func pulledBack(_ gradient: [Float], at parameters: [Float], picture: [Float]) -> [Float] {
    var result = [Float](repeating: .nan, count: parameters.count)
    var span = result.mutableSpan
    pullback(gradient.span, at: parameters.span, picture: picture.span, into: &span)
    return result
  }
}

extension Parameterization {
  /// The decoder for a picture of 0…1, RGB or grey.
  func decoder(
    _ size: PictureSize, picture: Int = 0, of count: Int = 1
  ) throws -> any PictureDecoder {
    try makeDecoder(
      for: DecoderContext(
        size: size,
        specification: try InputSpecification(
          channelOrder: size.channels == 1 ? .gray : size.channels == 2 ? .unnamed(2) : .rgb),
        picture: picture, pictureCount: count))
  }
}
