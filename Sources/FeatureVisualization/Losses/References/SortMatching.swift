/// Lowers the difference between the distribution of each channel's activations and that in reference pictures: the mean over
/// positions and channels of `(x_(i) − r_(i))²`, of values in ascending order, with r the mean over the references.
///
///     SortMatching(to: photos.map { ReferencePicture($0) }, at: "layer4")
///
/// Each picture is compared for itself: the peer averages the values of a batch first. The order is held constant for the
/// gradient. References go through the same transformations in the same step.
/// Gorgun et al. 2025, VITAL, https://arxiv.org/abs/2503.22399.
public struct SortMatching: ExpressionLoss {
  /// The pictures whose distribution is matched.
  public let references: [ReferencePicture]
  /// The layer looked at; the tokens of a transformer are positions.
  public let layer: LayerID
  public let tapes = TapeCache()

  /// Matches the activations of a layer to those in some pictures, such as several of one class.
  public init(to references: [ReferencePicture], at layer: LayerID) {
    var seen: Set<ReferencePicture> = []
    (self.references, self.layer) = (references.filter { seen.insert($0).inserted }, layer)
  }

  public var name: String { "SortMatching" }
  public var subjects: [LossSubject] {
    [.layer(layer)] + references.map { .reference($0, at: layer) }
  }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    guard !references.isEmpty else {
      throw .invalidArgument("references", "there is no picture to match")
    }
    let sorted = subjects.map { TensorExpression.reading($0).positions.sorted(along: 1) }
    let mean = sorted.dropFirst(2).reduce(sorted[1]) { $0 + $1 } / Float(references.count)
    return (sorted[0] - mean).squared().mean()
  }
}
