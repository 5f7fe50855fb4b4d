/// Lowers how much neighbours of a batch differ at a layer, so that they are drawn alike: `Σ_d Σ_i mean((a_i − a_{i+d})²) / r^d`
/// over distances d = 1…4, a share of 1/N of it for each picture.
///
///     Interpolation(layer: "mixed4c", from: 11, to: 46) + 0.1 * Alignment(layer: "mixed3b")
///
/// Distances that a short batch does not have count for nothing.
/// https://github.com/tensorflow/lucid, `objectives.alignment`.
public struct Alignment: ExpressionLoss {
  /// The layer looked at, of any kind.
  public let layer: LayerID
  /// r, what the weight of each further picture is divided by.
  public let decay: Float
  public let tapes = TapeCache()

  /// Aligns the pictures of a batch at a layer.
  ///
  /// - Parameter decay: what the weight of each further picture is divided by; lucid's 2 unless given.
  public init(layer: LayerID, decay: Float = 2) { (self.layer, self.decay) = (layer, decay) }

  public var name: String { "Alignment" }
  public var subjects: [LossSubject] { [.layer(layer)] }
  public var role: Role { .prior }
  public var couplesPictures: Bool { true }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let count = shapes[0][0]
    guard count > 1 else {
      throw .invalidArgument(
        "seeds", "\(name) compares the pictures of a batch: ask for two at least")
    }
    guard decay > 0, decay.isFinite else {
      throw .invalidArgument("decay", "\(decay) is not a finite number above 0")
    }
    let activations = TensorExpression.layer(layer)
    var (sum, weight) = (TensorExpression.constant(0), Float(1))
    for distance in 1...min(4, count - 1) {
      weight /= decay
      let difference = activations.pictures(distance...) - activations.pictures(..<(-distance))
      sum = sum + weight * Float(count - distance) * difference.squared().mean()
    }
    return sum.dividedAmongPictures()
  }
}
