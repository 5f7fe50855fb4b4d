/// How much goes on in a frame along the picture's edges: the sum inside the frame of `(blur(x) − x)² + 0.8 (x − c)²`.
///
///     0.01 * BoundaryComplexity(width: 20)
///
/// The window of the blur is 5×5: 1 in the middle 3×3, 0.5 around it, divided by the weights inside the picture. It draws
/// the subject away from the edges.
/// https://github.com/tensorflow/lucid, `objectives.penalize_boundary_complexity`; the icons of activation atlases have a
/// frame of 5.
public struct BoundaryComplexity: Regularizer {
  /// How wide the frame is, in pixels.
  public let width: Int
  /// c, the brightness that the frame is drawn towards.
  public let center: Float

  /// - Parameters:
  ///   - width: how wide the frame is, in pixels; lucid's 20 unless given.
  ///   - center: the brightness that the frame is drawn towards, in 0…1.
  public init(width: Int = 20, center: Float = 0.5) { (self.width, self.center) = (width, center) }

  public var name: String { "BoundaryComplexity" }
  public var subjects: [LossSubject] { [.picture(.unit)] }

  public func validate(_ shapes: [[Int]]) throws(VisualizationError) {
    guard width > 0 else { throw .invalidArgument("width", "a frame of \(width) pixels") }
    guard center.isFinite else { throw .invalidArgument("center", "\(center) is not finite") }
  }

  public func selecting(_ pictures: [Int]) -> Self? { self }

  public func values(_ tensors: TappedTensors) -> [Float] {
    let shape = tensors[0].shape
    let blur = RimmedBlur(side: 5, of: shape)
    return tensors[0].mapPictures { picture in
      let blurred = blur.blurred(picture)
      var sum = 0.0
      for i in picture.indices where isInFrame(i, shape) {
        let (detail, contrast) = (blurred[i] - picture[i], picture[i] - center)
        sum += Double(detail * detail + 0.8 * contrast * contrast)
      }
      return Float(sum)
    }
  }

  public func addGradients(
    of tensors: TappedTensors, scales: [Float], to gradients: inout TappedGradients
  ) {
    let shape = tensors[0].shape
    let blur = RimmedBlur(side: 5, of: shape)
    for (index, scale) in scales.enumerated() {
      let picture = tensors[0][picture: index]
      var details = blur.blurred(picture)
      for i in details.indices {
        details[i] = isInFrame(i, shape) ? 2 * scale * (details[i] - picture[i]) : 0
      }
      let pulledBack = blur.pulledBack(details)
      var gradient = gradients[0, picture: index]
      for i in gradient.indices {
        gradient[i] += pulledBack[i] - details[i]
        if isInFrame(i, shape) { gradient[i] += 1.6 * scale * (picture[i] - center) }
      }
    }
  }

  /// Whether an element of a picture lies in the frame; an axis of one pixel has no edges.
  private func isInFrame(_ element: Int, _ shape: [Int]) -> Bool {
    let (y, x) = (element / shape[3]).quotientAndRemainder(dividingBy: shape[2])
    func isNearEdge(_ position: Int, _ extent: Int) -> Bool {
      extent > 1 && (position < width || extent - position <= width)
    }
    return isNearEdge(y, shape[1]) || isNearEdge(x, shape[2])
  }
}
