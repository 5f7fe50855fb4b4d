/// Raises what a layer sees in a reference picture: `D · max(0.1, cos)^p`, with `D = Σ a·t` over the whole layer and
/// `cos = D / (|a| + ε) / (|t| + ε)`.
///
///     Caricature(of: ReferencePicture(photo), at: "mixed4d")
///     Caricature(of: photo, at: "mixed3b") + Caricature(of: photo, at: "mixed4d")
///
/// t are the activations of the reference under the same transformations in the same step. With p = 0, the field's
/// default, it is `D`. The cosine is one: that of the peers is not divided by |a|, so that p > 0 grows without bound.
/// Mordvintsev et al.; https://github.com/tensorflow/lucid, `recipes/caricature.py`. ε is 1e-6.
public struct Caricature: ExpressionLoss {
  /// What is exaggerated.
  public let reference: ReferencePicture
  /// The layer looked at, of any kind.
  public let layer: LayerID
  /// p.
  public let cosinePower: Float
  public let tapes = TapeCache()

  /// Exaggerates what a layer sees in a picture.
  ///
  /// - Parameter cosinePower: p, from 0 up: how much a picture is to have of the reference and little else.
  public init(of reference: ReferencePicture, at layer: LayerID, cosinePower: Float = 0) {
    (self.reference, self.layer, self.cosinePower) = (reference, layer, cosinePower)
  }

  public var name: String { "Caricature" }
  public var subjects: [LossSubject] { [.layer(layer), .reference(reference, at: layer)] }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    guard cosinePower >= 0, cosinePower.isFinite else {
      throw .invalidArgument("cosinePower", "\(cosinePower) is not a finite number from 0 up")
    }
    let activations = TensorExpression.layer(layer)
    let target = TensorExpression.reading(subjects[1])
    let dot = activations.dot(target)
    guard cosinePower > 0 else { return -dot }
    let cosine = dot / (activations.norm() + 1e-6) / (target.norm() + 1e-6)
    return -(dot * pow(max(0.1, cosine), cosinePower))
  }
}
