// How a stage shows its pictures.

extension AscentStage {
  /// Whether what is shown is not what was optimised.
  var isShownOtherwise: Bool {
    !recipe.parameterization.keepsRange || recipe.display != .clipped
  }

  /// The colours shown for those of a picture.
  func shown(_ colors: [Float]) -> [Float] {
    guard isShownOtherwise else { return colors }
    // Where parameters are no pixels, there is no colour that 0 stands for but black.
    let zero =
      mapping.map { zip($0.offset, $0.scale).map { -$0 / $1 } }
      ?? Array(repeating: 0, count: seenSize.channels)
    return recipe.display.apply(colors, zero: zero)
  }
}
