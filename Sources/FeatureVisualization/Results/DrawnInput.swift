/// What a visualization found for one input of the network.
public struct DrawnInput: Sendable {
  /// The input's name.
  public let name: String
  /// The pictures, `[N, H, W, C]`, 0…1, RGB or grey.
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
  public func picture(_ index: Int) -> Tensor { pictures.row(index) }

  /// One picture with its opacity as a further channel, `[1, H, W, C + 1]`, as PNG files hold it; the picture alone where
  /// it has none.
  ///
  /// - Precondition: there is a picture of this index.
  public func pictureWithOpacity(_ index: Int) -> Tensor {
    let picture = picture(index)
    guard let opacities, opacities.shape.dropFirst() == picture.shape.dropFirst().dropLast() + [1]
    else { return picture }
    let (colors, pixels) = (picture.shape[3], picture.shape[1] * picture.shape[2])
    return picture.withUnsafeBufferPointer { picture in
      opacities.withUnsafeBufferPointer { opacities in
        Tensor(
          shape: [1] + self.pictures.shape[1...2] + [colors + 1],
          elements: (0..<pixels * (colors + 1)).map { place in
            let (pixel, channel) = (place / (colors + 1), place % (colors + 1))
            return channel < colors
              ? picture[pixel * colors + channel] : opacities[index * pixels + pixel]
          })
      }
    }
  }
}

extension Tensor {
  /// One row of the first axis, `[1, …]`.
  fileprivate func row(_ index: Int) -> Tensor {
    let shape = [1] + shape.dropFirst()
    let count = shape.reduce(1, *)
    return withUnsafeBufferPointer { elements in
      Tensor(shape: shape, elements: elements[(index * count)..<((index + 1) * count)])
    }
  }
}
