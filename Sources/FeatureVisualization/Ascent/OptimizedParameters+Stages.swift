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
      let pixels = try picture(index, target).withChannels(stage.size.channels, of: size.channels)
      result.append(
        try Preset.Start.parameters(of: pixels, "the stage before", stage, decoder))
    }
    return result
  }
}
