/// What a visualization found.
public struct Visualization: Sendable {
  /// The pictures, `[N, H, W, C]`, 0…1, RGB or grey.
  public internal(set) var pictures: Tensor
  /// How opaque each pixel is, `[N, H, W, 1]`, 0…1, of parameterizations with an opacity. The score is that over mid-grey.
  public internal(set) var opacities: Tensor?
  /// The objective for exactly these pictures, untransformed, one per picture.
  ///
  /// For an `ActivationMaximization`, the activation. Priors are left out, and weights are those of the last step. NaN of
  /// a picture that never was finite.
  public internal(set) var scores: [Float]
  /// What the pictures are decoded from: to be shown at another size, or gone on from.
  public internal(set) var parameters: OptimizedParameters
  /// The optimised pixels where the recipe shows others: those that leave the range of pictures, or are shown with more
  /// contrast; `nil` where the pictures are what was optimised.
  public internal(set) var raw: RawPixels?
  /// The losses of each iteration, of all stages.
  public internal(set) var history: [IterationRecord] = []
  /// The pictures at the iterations that `Preset.snapshots` names.
  public internal(set) var snapshots: [Snapshot] = []
  /// `Σ |∂objective/∂picture|` over the steps of the last stage, `[N, H, W, C]`, where `Preset.accumulatesImportance` asks
  /// for it.
  public internal(set) var importance: Tensor?
  /// What a person should know about the pictures.
  public internal(set) var warnings: [VisualizationWarning] = []
  /// The iteration at which each picture was done by `Preset.stopping`; `nil` where it went on.
  public internal(set) var convergedAt: [Int?]
  /// Whether the run was stopped before its last iteration.
  public internal(set) var isCancelled = false

  init(
    pictures: Tensor, scores: [Float], parameters: OptimizedParameters, convergedAt: [Int?]
  ) {
    self.pictures = pictures
    self.scores = scores
    self.parameters = parameters
    self.convergedAt = convergedAt
  }

  /// The pictures before the step of an iteration.
  public struct Snapshot: Sendable {
    /// The stage, from 0.
    public let stage: Int
    /// The iteration, from 0 in its stage.
    public let iteration: Int
    /// `[N, H, W, C]`, 0…1, shown as the recipe shows pictures.
    public let pictures: Tensor
  }

  /// Pixels as they were optimised, with their own score.
  public struct RawPixels: Sendable {
    /// `[N, H, W, C]` in the scale of `space`.
    public let pixels: Tensor
    /// The scale of the pixels.
    public let space: PixelSpace
    /// The objective for exactly these pixels.
    public let scores: [Float]
  }

  /// One picture with its opacity as a further channel, `[1, H, W, C + 1]`, as PNG files hold it; the picture alone where
  /// it has none.
  ///
  /// - Precondition: there is a picture of this index.
  public func pictureWithOpacity(_ index: Int) -> Tensor {
    let picture = picture(index)
    guard let opacities, opacities.shape.dropFirst() == picture.shape.dropFirst().dropLast() + [1]
    else { return picture }
    let colors = picture.unitCount
    let (shown, opacity) = (picture.span, opacities[picture: index])
    return Tensor(
      shape: picture.shape.dropLast() + [colors + 1],
      elements: (0..<opacity.count * (colors + 1)).map { place in
        let (pixel, channel) = place.quotientAndRemainder(dividingBy: colors + 1)
        return channel < colors ? shown[pixel * colors + channel] : opacity[pixel]
      })
  }

  /// One picture, `[1, H, W, C]`.
  ///
  /// - Precondition: there is a picture of this index.
  public func picture(_ index: Int) -> Tensor {
    pictures.picture(index)
  }
}

/// The losses of one iteration, measured before its step, on the pictures as the network saw them.
public struct IterationRecord: Sendable {
  /// The iteration, counted from 0.
  public let iteration: Int
  /// The losses in the order they were given, unweighted.
  public let losses: [NamedLoss]
  /// The objective of each picture as the network saw it, modifiers included.
  public let objectives: [Float]

  /// The values of one loss, one per picture.
  public struct NamedLoss: Sendable {
    /// The loss's name, with a number where several have the same.
    public let name: String
    /// What the values count with in the sum.
    public let weight: Float
    /// One value per picture.
    public let values: [Float]
  }
}
