/// Lowers the difference between the styles of the picture and of a reference picture: which channels of a layer occur
/// together, and not where.
///
///     Style(of: ReferencePicture(painting), at: "mixed3b")
///
/// With `G = Aᵀ A / (H·W)` of positions by channels, the mean over pairs of channels of `|G − G_reference|`, or the root of
/// the mean of squares. The reference goes through the same transformations in the same step.
/// Gatys et al. 2016, https://arxiv.org/abs/1508.06576; https://github.com/tensorflow/lucid, `StyleLoss`.
public struct Style: ExpressionLoss {
  /// How Gram matrices are compared.
  public enum Distance: Sendable, Hashable {
    /// The mean of magnitudes: lucid's.
    case meanMagnitude
    /// The root of the mean of squares.
    case rootMeanSquare
  }

  /// What has the style.
  public let reference: ReferencePicture
  /// The layer looked at.
  public let layer: LayerID
  /// How Gram matrices are compared.
  public let distance: Distance
  public let tapes = TapeCache()

  /// Draws in the style that a layer sees in a picture.
  public init(
    of reference: ReferencePicture, at layer: LayerID, by distance: Distance = .meanMagnitude
  ) {
    (self.reference, self.layer, self.distance) = (reference, layer, distance)
  }

  public var name: String { "Style" }
  public var subjects: [LossSubject] { [.layer(layer), .reference(reference, at: layer)] }

  public func expression(for shapes: [[Int]]) -> TensorExpression {
    let channels = shapes[0][shapes[0].count - 1]
    let positions = Float(shapes[0].dropFirst().dropLast().reduce(1, *))
    let target = TensorExpression.reading(subjects[1]).gramMatrix
    let difference = (TensorExpression.layer(layer).gramMatrix - target) / positions
    switch distance {
    case .meanMagnitude: return abs(difference).mean()
    case .rootMeanSquare: return difference.norm() / Float(channels)
    }
  }
}
