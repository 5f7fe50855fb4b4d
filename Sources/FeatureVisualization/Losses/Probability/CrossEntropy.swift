/// Lowers the cross-entropy to a class, `−log(eˣ_class / Σ eˣ)` of a layer of logits: the class rises and the others fall.
///
///     CrossEntropy(layer: "fc8", class: "zebra")
///
/// Unlike the probability, it has a gradient while the class is far from likely. Of a map of logits it is the mean over
/// positions.
/// Yin et al. 2020, DeepInversion, https://arxiv.org/abs/1912.08795.
public struct CrossEntropy: ExpressionLoss {
  /// The layer of logits.
  public let layer: LayerID
  private let choice: ClassChoice
  public let tapes = TapeCache()

  /// Draws one class in every picture.
  public init(layer: LayerID, class unit: some UnitConvertible) {
    self.init(layer, ClassChoice([unit.unitID]))
  }

  /// Draws another class in each picture of the batch: `eachOf: ["zebra", "flamingo"]`.
  public init(layer: LayerID, eachOf classes: [some UnitConvertible]) {
    self.init(layer, ClassChoice(classes.map(\.unitID)))
  }

  private init(_ layer: LayerID, _ choice: ClassChoice) {
    (self.layer, self.choice) = (layer, choice)
  }

  /// The class of each picture of the batch; one entry serves all.
  public var classes: [UnitID] { choice.classes }
  public var name: String { "CrossEntropy" }
  public var subjects: [LossSubject] { [.layer(layer)] }

  public func resolved(in network: NeuralNetwork) throws(VisualizationError) -> Self {
    guard try !network.endsInSoftmax(layer) else {
      throw .invalidArgument(
        "CrossEntropy",
        "layer '\(layer)' ends in a softmax, and cross-entropy takes logits: name the layer before it, or "
          + "replacingActivation(of: \"\(layer)\", with: .linear)")
    }
    return Self(layer, try choice.resolved(in: network, of: layer))
  }

  public func selecting(_ pictures: [Int]) -> Self? {
    choice.selecting(pictures).map { Self(layer, $0) }
  }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let indicator = try choice.indicator(of: layer, shapes[0])
    return -TensorExpression.layer(layer).logSoftmax().dot(indicator, over: -1).mean()
  }
}
