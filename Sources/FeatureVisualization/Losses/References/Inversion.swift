/// Lowers the distance between what a layer sees in the picture and in a reference picture, so that what the layer keeps of
/// the reference is drawn.
///
///     Inversion(of: ReferencePicture(photo), at: "mixed4a")
///
/// The reference goes through the same transformations in the same step.
/// Mahendran and Vedaldi 2015, https://arxiv.org/abs/1412.0035; https://github.com/hamidkazemi22/vit-visualization.
public struct Inversion: ExpressionLoss {
  /// How activations a are compared with those of the reference, t.
  public enum Distance: Sendable, Hashable {
    /// `|a − t|` over the whole layer.
    case euclidean
    /// `|a − t|² / |t|²` over the whole layer: Mahendran and Vedaldi's, 1 for a layer that sees nothing.
    case relativeSquare
    /// The mean over positions of `|a − t|` over channels.
    case positions
  }

  /// What is drawn again.
  public let reference: ReferencePicture
  /// The layer looked at, of any kind.
  public let layer: LayerID
  /// How activations are compared.
  public let distance: Distance
  public let tapes = TapeCache()

  /// Draws what a layer keeps of a picture.
  public init(
    of reference: ReferencePicture, at layer: LayerID, by distance: Distance = .euclidean
  ) {
    (self.reference, self.layer, self.distance) = (reference, layer, distance)
  }

  public var name: String { "Inversion" }
  public var subjects: [LossSubject] { [.layer(layer), .reference(reference, at: layer)] }

  public func expression(for shapes: [[Int]]) -> TensorExpression {
    let target = TensorExpression.reading(subjects[1])
    let difference = TensorExpression.layer(layer) - target
    switch distance {
    case .euclidean: return difference.norm()
    case .relativeSquare: return difference.squared().sum() / max(target.squared().sum(), 1e-12)
    case .positions: return difference.norm(over: -1).mean()
    }
  }
}
