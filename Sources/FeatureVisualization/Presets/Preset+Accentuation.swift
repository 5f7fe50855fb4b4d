extension Preset {
  /// Feature accentuation: a photo whose spectrum shows more of what a unit looks for, and little else changed.
  ///
  ///     let recipe = Preset.accentuation(of: photo, keeping: "mixed3b")
  ///
  /// The photo's phases change, and its magnitudes only fall. The prior is the distance from what `layer` sees in the photo,
  /// under the same boxes, balanced against the objective at the first step. Boxes beyond 0.05…0.99 of the side, and 16
  /// of them at each step, are the authors'; so is the rate.
  /// Hamblin et al. 2024, https://arxiv.org/abs/2402.10039; https://github.com/chrishamblin7/faccent.
  ///
  /// - Parameters:
  ///   - photo: `[1, H, W, C]`, 0…1, of any size.
  ///   - layer: what is to stay as it sees the photo; nothing unless given.
  ///   - strength: the prior's strength, as a share of the objective's at the first step.
  public static func accentuation(
    of photo: Tensor, keeping layer: LayerID? = nil, strength: Float = 1
  ) -> Preset {
    var preset = Preset(
      name: "accentuation", parameterization: MagnitudeBounded(by: photo),
      optimizer: Adam(learningRate: 0.05), iterations: 100)
    if photo.rank == 4 { preset.canvas = Canvas(height: photo.shape[1], width: photo.shape[2]) }
    preset.inputModifiers = .accentuation
    (preset.views, preset.viewsAtOnce) = (16, 8)
    preset.accumulatesImportance = true
    if let layer {
      preset.regularizers =
        Inversion(of: ReferencePicture(photo), at: layer, by: .positions).balanced(strength)
    }
    return preset
  }
}
