extension [any InputModifier] {
  /// Refuses modifiers that cannot take pictures of a size.
  ///
  /// Each sees what those before it make of the picture: a crop may need the padding.
  ///
  /// - Parameter seenSize: the pictures' size as the network sees them.
  func validate(
    _ size: PictureSize, seenAs seenSize: PictureSize, at moment: Moment
  ) throws(VisualizationError) {
    var current = size
    var probe = SeededGenerator(seed: 0)
    for modifier in self {
      let seen = current
      try VisualizationError.naming(modifier) { try modifier.validate(seen) }
      if let drawn = modifier.draw(for: current, seenAs: seenSize, at: moment, using: &probe) {
        try drawn.validate(for: current, colors: seenSize.channels)
        current = drawn.outputSize
      }
    }
  }
}
