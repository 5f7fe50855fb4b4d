// Going on from what a stage or an earlier run has optimised.

extension OptimizedParameters {
  /// The parameters that a stage goes on from.
  ///
  /// Between parameterizations of one kind numbers are carried over, else the pictures are.
  func carried(
    over stage: AscentStage, _ decoders: [any PictureDecoder], _ specification: InputSpecification
  ) throws(VisualizationError) -> [[Float]] {
    let isSameKind = type(of: parameterization) == type(of: stage.recipe.parameterization)
    var result: [[Float]] = []
    for (index, decoder) in decoders.enumerated() {
      if isSameKind, stage.size.channels == size.channels,
        let numbers = numbers(index, at: stage.size, decoder),
        numbers.count == decoder.parameterCount
      {
        result.append(numbers)
        continue
      }
      let target = PictureSize(
        height: stage.size.height, width: stage.size.width, channels: size.channels)
      let pixels = Self.channels(stage.size, of: try picture(index, target), target)
      result.append(
        try RunStart.parameters(of: pixels, "the stage before", stage, decoder))
    }
    return result
  }

  /// A picture with as many channels as a stage has: an opacity is dropped, or is 1.
  private static func channels(
    _ size: PictureSize, of picture: [Float], _ own: PictureSize
  ) -> [Float] {
    guard own.channels != size.channels else { return picture }
    return (0..<size.count).map { index in
      let (pixel, channel) = (index / size.channels, index % size.channels)
      return channel < own.channels ? picture[pixel * own.channels + channel] : 1
    }
  }
}
