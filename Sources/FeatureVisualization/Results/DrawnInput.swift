/// What a visualization found for one input of the network.
public struct DrawnInput: Sendable {
  /// The input's name.
  public let name: String
  /// The pictures, `[N, H, W, C]`, 0…1: RGB, grey, or the input's own channels; signals `[N, 1, L, C]`.
  public internal(set) var pictures: Tensor
  /// How opaque each pixel is, `[N, H, W, 1]`, 0…1, of parameterizations with an opacity. The score is that over mid-grey.
  public internal(set) var opacities: Tensor?
  /// What the pictures are decoded from: to be shown at another size, or gone on from.
  public internal(set) var parameters: OptimizedParameters
  /// The optimised pixels where the recipe shows others: those that leave the range of pictures, or are shown with more
  /// contrast; `nil` where the pictures are what was optimised.
  public internal(set) var raw: RawPixels?
  /// `Σ |∂objective/∂picture|` over the steps of the last stage, `[N, H, W, C]`, where `Preset.accumulatesImportance` asks
  /// for it.
  public internal(set) var importance: Tensor?

  init(name: String, pictures: Tensor, parameters: OptimizedParameters) {
    self.name = name
    self.pictures = pictures
    self.parameters = parameters
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

  /// One picture, `[1, H, W, C]`.
  ///
  /// - Precondition: there is a picture of this index.
  public func picture(_ index: Int) -> Tensor { pictures.picture(index) }

  /// How opaque each pixel of one picture is, `[1, H, W, 1]`, as `PictureFile.write` takes it; `nil` where pictures have no
  /// opacity.
  ///
  /// - Precondition: there is a picture of this index.
  public func opacity(_ index: Int) -> Tensor? { opacities?.picture(index) }
}
