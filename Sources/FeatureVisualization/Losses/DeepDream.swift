/// Raises whatever a layer already sees: the mean over everything of `a²`.
///
/// Mordvintsev et al. 2015, https://research.google/blog/inceptionism-going-deeper-into-neural-networks;
/// https://github.com/tensorflow/lucid, `objectives.deepdream`.
public struct DeepDream: ExpressionLoss {
  /// The layer looked at, of any kind.
  public let layer: LayerID
  public let tapes = TapeCache()

  /// Raises the mean square of a layer.
  public init(layer: LayerID) { self.layer = layer }

  public var name: String { "DeepDream" }
  public var subjects: [LossSubject] { [.layer(layer)] }

  public func expression(for shapes: [[Int]]) -> TensorExpression {
    -TensorExpression.layer(layer).squared().mean()
  }
}
