import FeatureVisualization

extension Recipe {
  /// The names that `preset` may have: `recommended` and `quick`, which are chosen for a network, those of `Preset.names`, and
  /// `accentuation`, which needs a photo.
  public static let presetNames = ["recommended", "quick"] + Preset.names + ["accentuation"]

  /// The name of the preset that is changed: `preset`, or else the recommended one, and lucid's for an objective of one's own and
  /// for octaves of a photo.
  public var presetName: String {
    preset ?? (objective == nil && photo == nil ? "recommended" : "lucid")
  }

  /// Whether it is chosen for the network whose units are drawn.
  public var isRecommended: Bool { presetName == "recommended" || presetName == "quick" }

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
