extension Preset {
  /// What `visualizeActivation` raises by this recipe: a set of units of a layer in each picture.
  ///
  /// - Parameters:
  ///   - position: the only position of a feature map that counts.
  ///   - part: the head of attention, and the tokens, that count.
  package func objective(
    of layer: LayerID, eachOf groups: [[UnitID]], at position: MapPosition?,
    in part: AttentionPart?
  ) -> Objective {
    let isWhole = position == nil && part == nil
    let activation = ActivationMaximization(
      layer: layer, eachOf: groups, at: position, in: part, border: isWhole ? border : 0)
    guard let share = activationShare(of: groups, isWhole: isWhole) else {
      return activation.objective
    }
    let likelihood = CrossEntropy(layer: layer, eachOf: groups.map { $0[0] }).objective
    return share > 0 ? likelihood + share * activation : likelihood
  }

  /// The share of the activation where likelihoods are raised; `nil` where activations alone are: several units in one
  /// picture cannot all be likely.
  package func activationShare(of groups: [[UnitID]], isWhole: Bool) -> Float? {
    guard case .likelihood(let share) = unitObjective, isWhole,
      groups.allSatisfy({ $0.count == 1 })
    else { return nil }
    return share
  }
}
