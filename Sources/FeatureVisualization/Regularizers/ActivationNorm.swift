/// How far a layer, or the picture, is from a constant: `Σ |a − c|`, or `√(1e-6 + Σ (a − c)²)`.
///
///     0.01 * ActivationNorm(layer: "mixed4d", .l1)
///     0.01 * ActivationNorm(.l2, about: 0.5)
///
/// Sums go over everything of a picture and are not divided by how much that is, as the field has it.
/// https://github.com/tensorflow/lucid, `objectives.L1`, `objectives.L2`.
public struct ActivationNorm: ExpressionLoss, Regularizer {
  /// How distances are put together.
  public enum Power: Sendable, Hashable {
    /// The sum of magnitudes, which makes many elements equal to the constant.
    case l1
    /// The length.
    case l2
  }

  /// What is looked at: a layer, the picture, or the picture as the network sees it.
  public let subject: LossSubject
  /// How distances are put together.
  public let power: Power
  /// c.
  public let center: Float
  public let tapes = TapeCache()

  /// Holds a layer near a constant, 0 unless given.
  public init(layer: LayerID, _ power: Power, about center: Float = 0) {
    self.init(of: .layer(layer), power, about: center)
  }

  /// Holds the picture near a constant, mid-grey unless given, in 0…1.
  public init(_ power: Power, about center: Float = 0.5) {
    self.init(of: .picture(.unit), power, about: center)
  }

  /// Holds whatever a loss can look at near a constant.
  public init(of subject: LossSubject, _ power: Power, about center: Float = 0) {
    (self.subject, self.power, self.center) = (subject, power, center)
  }

  public var name: String { "ActivationNorm" }
  public var subjects: [LossSubject] { [subject] }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    guard center.isFinite else { throw .invalidArgument("center", "\(center) is not finite") }
    let distance = TensorExpression.reading(subject) - center
    return power == .l1 ? abs(distance).sum() : distance.norm(epsilon: 1e-6)
  }
}
