/// Raises the probability of a class: `eˣ_class / Σ eˣ` of a layer of logits, or what a layer that ends in a softmax says.
///
///     Probability(layer: "prob", class: "zebra")
///
/// It rises as much by lowering other classes, and its gradient vanishes near 0 and 1: `CrossEntropy` and a single unit of
/// the logits climb better. Of a map it is the mean over positions.
/// Simonyan et al. 2014, https://arxiv.org/abs/1312.6034, section 2, which takes the logit for that reason.
public struct Probability: ExpressionLoss {
  /// The layer of logits or of probabilities.
  public let layer: LayerID
  private let choice: ClassChoice
  private let isSoftmax: Bool
  public let tapes = TapeCache()

  /// Draws one class in every picture.
  public init(layer: LayerID, class unit: some UnitConvertible) {
    self.init(layer, ClassChoice([unit.unitID]), isSoftmax: false)
  }

  /// Draws another class in each picture of the batch: `eachOf: ["zebra", "flamingo"]`.
  public init(layer: LayerID, eachOf classes: [some UnitConvertible]) {
    self.init(layer, ClassChoice(classes.map(\.unitID)), isSoftmax: false)
  }

  private init(_ layer: LayerID, _ choice: ClassChoice, isSoftmax: Bool) {
    (self.layer, self.choice, self.isSoftmax) = (layer, choice, isSoftmax)
  }

  /// The class of each picture of the batch; one entry serves all.
  public var classes: [UnitID] { choice.classes }
  public var name: String { "Probability" }
  public var subjects: [LossSubject] { [.layer(layer)] }

  public func resolved(in network: NeuralNetwork) throws(VisualizationError) -> Self {
    Self(
      layer, try choice.resolved(in: network, of: layer),
      isSoftmax: try network.endsInSoftmax(layer))
  }

  public func selecting(_ pictures: [Int]) -> Self? {
    choice.selecting(pictures).map { Self(layer, $0, isSoftmax: isSoftmax) }
  }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let indicator = try choice.indicator(of: layer, shapes[0])
    let activations = TensorExpression.layer(layer)
    return -(isSoftmax ? activations : activations.softmax()).dot(indicator, over: -1).mean()
  }
}
