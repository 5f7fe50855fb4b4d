/// A loss and how much it counts.
public struct WeightedLoss: Sendable {
  /// The loss.
  public let loss: any Loss
  /// What its values are multiplied by in the sum.
  public let weight: Float

  public init(_ loss: any Loss, weight: Float = 1) {
    self.loss = loss
    self.weight = weight
  }

  /// The same for some pictures of the batch, where the loss has an answer.
  func selecting(_ pictures: [Int]) -> WeightedLoss? {
    loss.selecting(pictures).map { WeightedLoss($0, weight: weight) }
  }

  /// The same with the loss resolved in `network`.
  func resolved(in network: NeuralNetwork) throws(VisualizationError) -> WeightedLoss {
    WeightedLoss(try loss.resolved(in: network), weight: weight)
  }
}

/// A loss with a weight: `10 * TotalVariation()`.
public func * (weight: Float, loss: some Loss) -> WeightedLoss {
  WeightedLoss(loss, weight: weight)
}

/// The same with another weight: `2 * (3 * loss)` weighs 6.
public func * (weight: Float, weighted: WeightedLoss) -> WeightedLoss {
  WeightedLoss(weighted.loss, weight: weight * weighted.weight)
}

/// A loss with its weight's sign turned: what was made small is made large.
public prefix func - (loss: some Loss) -> WeightedLoss { WeightedLoss(loss, weight: -1) }

/// A weighted loss with its weight's sign turned.
public prefix func - (weighted: WeightedLoss) -> WeightedLoss {
  WeightedLoss(weighted.loss, weight: -weighted.weight)
}

/// The sum of losses: `1 * ActivationMaximization(…) + 10 * TotalVariation()`.
public func + (left: WeightedLoss, right: WeightedLoss) -> [WeightedLoss] { [left, right] }

/// A sum with one more loss.
public func + (left: [WeightedLoss], right: WeightedLoss) -> [WeightedLoss] { left + [right] }
