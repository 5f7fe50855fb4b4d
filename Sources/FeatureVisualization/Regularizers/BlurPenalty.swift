/// How far the picture is from its blurred copy, `½ Σ (x − blur(x))²`, with the copy held constant, so that each step moves
/// pixels by a share of `blur(x) − x`.
///
///     0.1 * BlurPenalty()
///
/// The window is 3×3: 1 in the middle, 0.5 around it, divided by the weights inside the picture. The gradient stated is
/// `x − blur(x)`, and not that of the value, in which the copy would move, too.
/// https://github.com/tensorflow/lucid, `objectives.blur_input_each_step`.
public struct BlurPenalty: Regularizer {
  /// The scale of the pixels.
  public let space: PixelSpace

  /// - Parameter space: the scale that the weight is meant for; 0…1 unless given.
  public init(space: PixelSpace = .unit) { self.space = space }

  public var name: String { "BlurPenalty" }
  public var subjects: [LossSubject] { [.picture(space)] }

  public func selecting(_ pictures: [Int]) -> Self? { self }

  public func values(_ tensors: TappedTensors) -> [Float] {
    let blur = RimmedBlur(side: 3, of: tensors[0].shape)
    return tensors[0].mapPictures { picture in
      let blurred = blur.blurred(picture)
      return Float(
        blurred.indices.reduce(0.0) {
          let difference = Double(picture[$1]) - Double(blurred[$1])
          return $0 + difference * difference / 2
        })
    }
  }

  public func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    let blur = RimmedBlur(side: 3, of: tensors[0].shape)
    for (index, scale) in scales.enumerated() {
      let picture = tensors[0][picture: index]
      let blurred = blur.blurred(picture)
      var gradient = gradients[0, picture: index]
      for i in gradient.indices { gradient[i] += scale * (picture[i] - blurred[i]) }
    }
  }
}
