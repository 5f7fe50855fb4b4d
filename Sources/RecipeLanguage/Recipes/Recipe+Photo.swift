public import FeatureVisualization

extension Recipe {
  /// The names that `preset` may have: those of `Preset.names`, and `accentuation`, which needs a photo.
  public static let presetNames = Preset.names + ["accentuation"]

  /// Whether it changes the spectrum of a photo.
  public var isAccentuation: Bool { preset == "accentuation" }

  /// Refuses parts that a photo is needed for, and those that a photo leaves no room for.
  func validatePhoto() throws(VisualizationError) {
    guard photo != nil else {
      if isAccentuation {
        throw .invalidArgument("photo", "accentuation changes a photo, and none is given")
      }
      if octaves != nil || octaveFactor != nil {
        throw .invalidArgument("photo", "octaves are sizes of a photo, and none is given")
      }
      return
    }
    if start != nil {
      throw .invalidArgument("start", "a recipe with a photo starts from the photo: leave one out")
    }
    if isAccentuation, octaves != nil || octaveFactor != nil {
      throw .invalidArgument("octaves", "accentuation changes a photo of one size")
    }
  }
}
