/// Lowers, or with a weight below 0 raises, the difference between the activations of two layers or of two pictures: the mean
/// of `|a − b|`, or of `(a − b)²`.
///
///     ActivationDifference(layer: "left/mixed4d", to: .layer("right/mixed4d"))
///     -ActivationDifference(layer: "mixed4d", to: .reference(photo))
///
/// Another picture of the batch is held constant: each is drawn towards it and not both towards one another.
/// https://github.com/tensorflow/lucid, `objectives.activation_difference`.
public struct ActivationDifference: ExpressionLoss {
  /// What a layer's activations are compared with.
  public enum Other: Sendable, Hashable {
    /// Those of another layer of the same shape.
    case layer(LayerID)
    /// Those in a reference picture, under the same transformations.
    case reference(ReferencePicture)
    /// Those in another picture of the batch, by its place.
    case picture(Int)
  }

  /// How differences are measured.
  public enum Measure: Sendable, Hashable {
    /// The mean of magnitudes.
    case meanMagnitude
    /// The mean of squares.
    case meanSquare
  }

  /// The layer looked at, of any kind.
  public let layer: LayerID
  /// What it is compared with.
  public let other: Other
  /// How differences are measured.
  public let measure: Measure
  public let tapes = TapeCache()

  /// Compares the activations of a layer with others.
  public init(layer: LayerID, to other: Other, by measure: Measure = .meanMagnitude) {
    (self.layer, self.other, self.measure) = (layer, other, measure)
  }

  public var name: String { "ActivationDifference" }

  public var subjects: [LossSubject] {
    switch other {
    case .layer(let other): [.layer(layer), .layer(other)]
    case .reference(let picture): [.layer(layer), .reference(picture, at: layer)]
    case .picture: [.layer(layer)]
    }
  }

  public var couplesPictures: Bool {
    if case .picture = other { true } else { false }
  }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let activations = TensorExpression.layer(layer)
    let others: TensorExpression
    switch other {
    case .layer(let other):
      guard layer != other, shapes[0] == shapes[1] else {
        throw .invalidArgument(
          "layer",
          "'\(layer)', \(shapes[0]), and '\(other)', \(shapes[1]), are no two layers of one shape")
      }
      others = .reading(subjects[1])
    case .reference: others = .reading(subjects[1])
    case .picture(let index):
      guard shapes[0][0] > 1, (0..<shapes[0][0]).contains(index) else {
        throw .invalidArgument(
          "picture", "\(index) is no other picture of a batch of \(shapes[0][0])")
      }
      others = activations.picture(index).stoppingGradient()
    }
    let difference = activations - others
    return measure == .meanSquare ? difference.squared().mean() : abs(difference).mean()
  }
}
