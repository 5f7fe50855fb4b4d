/// Raises the distance of a class to the best of the others: `x_class − max over j ≠ class of x_j`.
///
///     Margin(layer: "fc8", class: "zebra")
///
/// It is positive where the network would name the class. Only the best of the other classes gets a gradient. Of a map it
/// is the mean over positions.
/// Carlini and Wagner 2017, https://arxiv.org/abs/1608.04644, which lowers the same to fool a network.
public struct Margin: ExpressionLoss {
  /// The layer of classes.
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
  public var name: String { "Margin" }
  public var subjects: [LossSubject] { [.layer(layer)] }

  public func resolved(in network: NeuralNetwork) throws(VisualizationError) -> Self {
    Self(layer, try choice.resolved(in: network, of: layer))
  }

  public func selecting(_ pictures: [Int]) -> Self? {
    choice.selecting(pictures).map { Self(layer, $0) }
  }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let indicator = try choice.indicator(of: layer, shapes[0])
    guard let count = shapes[0].last, count > 1 else {
      throw .invalidArgument("class", "layer '\(layer)' has no other class")
    }
    let scores = TensorExpression.layer(layer)
    // Lowered beyond all others, the class is never the best of them.
    let others = scores - 1e30 * indicator
    return -(scores.dot(indicator, over: -1) - others.maximum(over: -1)).mean()
  }
}
