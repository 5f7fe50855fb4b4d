/// What a visualization found.
///
/// Where several inputs are optimised, `pictures` and the like are those of the first, the one that needs no name.
public struct Visualization: Sendable {
  /// What was found for each optimised input.
  public internal(set) var inputs: [DrawnInput]
  /// The objective for exactly these pictures, untransformed, one per picture.
  ///
  /// For an `ActivationMaximization`, the activation. Priors are left out, and weights are those of the last step. NaN of
  /// a picture that never was finite.
  public internal(set) var scores: [Float]
  /// The losses of each iteration, of all stages.
  public internal(set) var history: [IterationRecord] = []
  /// The pictures at the iterations that `Preset.snapshots` names.
  public internal(set) var snapshots: [Snapshot] = []
  /// What a person should know about the pictures.
  public internal(set) var warnings: [VisualizationWarning] = []
  /// The iteration at which each picture was done by `Preset.stopping`; `nil` where it went on.
  public internal(set) var convergedAt: [Int?]
  /// Whether the run was stopped before its last iteration.
  public internal(set) var isCancelled = false

  init(inputs: [DrawnInput], scores: [Float], convergedAt: [Int?]) {
    self.inputs = inputs
    self.scores = scores
    self.convergedAt = convergedAt
  }

  /// What was found for an input; `nil` where no input of this name is optimised.
  public subscript(input name: String) -> DrawnInput? { inputs.first { $0.name == name } }
}

extension Visualization {
  /// The pictures, `[N, H, W, C]`, 0…1: RGB, grey, or the input's own channels; signals `[N, 1, L, C]`.
  public var pictures: Tensor { inputs[0].pictures }

  /// How opaque each pixel is, `[N, H, W, 1]`, 0…1, of parameterizations with an opacity. The score is that over mid-grey.
  public var opacities: Tensor? { inputs[0].opacities }

  /// What the pictures are decoded from: to be shown at another size, or gone on from.
  public var parameters: OptimizedParameters { inputs[0].parameters }

  /// The optimised pixels where the recipe shows others: those that leave the range of pictures, or are shown with more
  /// contrast; `nil` where the pictures are what was optimised.
  public var raw: DrawnInput.RawPixels? { inputs[0].raw }

  /// `Σ |∂objective/∂picture|` over the steps of the last stage, `[N, H, W, C]`, where `Preset.accumulatesImportance` asks
  /// for it.
  public var importance: Tensor? { inputs[0].importance }

  /// One picture, `[1, H, W, C]`.
  ///
  /// - Precondition: there is a picture of this index.
  public func picture(_ index: Int) -> Tensor { inputs[0].picture(index) }

  /// How opaque each pixel of one picture is, `[1, H, W, 1]`, as `PictureFile.write` takes it; `nil` where pictures have no
  /// opacity.
  ///
  /// - Precondition: there is a picture of this index.
  public func opacity(_ index: Int) -> Tensor? { inputs[0].opacity(index) }
}
