internal import FeatureVisualization

extension VisualizationWarning {
  /// What it says of a picture of the batch, as if that had been drawn alone; `nil` where it is about another one.
  func text(of index: Int) -> String? {
    let alone: VisualizationWarning
    switch self {
    case .zeroGradient(index, let iteration):
      alone = .zeroGradient(picture: 0, iteration: iteration)
    case .notFinite(index, let iteration): alone = .notFinite(picture: 0, iteration: iteration)
    case .neverFinite(index, let reason): alone = .neverFinite(picture: 0, reason: reason)
    case .saturated(let layer, let activation, index):
      alone = .saturated(layer: layer, activation: activation, picture: 0)
    case .startIsBest(index): alone = .startIsBest(picture: 0)
    case .objectiveNotImproved(index, let from, let to, let regularized):
      alone = .objectiveNotImproved(picture: 0, from: from, to: to, regularized: regularized)
    case .softmaxKept, .cropSkipped: return description
    default: return nil
    }
    return alone.description.replacing("picture 0: ", with: "")
  }
}
