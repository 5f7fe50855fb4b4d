/// Lowers how alike the pictures of a batch are to a layer: `Σ_{j≠i} ⟨G_i, G_j⟩ / N` of picture i, of the Gram matrices
/// `G = Aᵀ A / max(|Aᵀ A|, 1e-5)` of positions by channels.
///
///     ActivationMaximization(layer: "mixed4c", units: 11) + 100 * Diversity(layer: "mixed5a")
///
/// It is small where pictures differ in which channels occur together, and is added as other priors are: lucid's is
/// subtracted, lucent's and captum's, which are its negative, are added. The sum over the batch is lucid's number.
/// Olah et al. 2017, https://distill.pub/2017/feature-visualization; https://github.com/tensorflow/lucid,
/// `objectives.diversity`.
public struct Diversity: ExpressionLoss {
  /// The layer looked at.
  public let layer: LayerID
  public let tapes = TapeCache()

  /// Makes the pictures of a batch differ at a layer.
  public init(layer: LayerID) { self.layer = layer }

  public var name: String { "Diversity" }
  public var subjects: [LossSubject] { [.layer(layer)] }
  public var role: Role { .prior }
  public var couplesPictures: Bool { true }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let count = shapes[0][0]
    guard count > 1 else {
      throw .invalidArgument(
        "seeds", "\(name) makes the pictures of a batch differ: ask for two at least")
    }
    let gram = TensorExpression.layer(layer).gramMatrix
    let unit = gram / max(gram.norm(over: [1, 2], keepingAxes: true), 1e-5)
    let likeness = unit.dot(unit.sum(over: .pictures)) - unit.squared().sum()
    return likeness / Float(count)
  }
}
