extension ObjectiveConvertible {
  /// The same as priors whose weight is found at the first step, so that they pull at the parameters `share` times as
  /// strongly as the objective: `TotalVariation().balanced(0.1)`.
  ///
  /// The factor is `share · Σ |∂objective/∂θ| / Σ |∂prior/∂θ|` for each picture, each measured where its run starts, with the
  /// first step's draws; `weight · schedule` of the term count besides, and reported values have the factor in them. In
  /// products, and where pictures are only evaluated, it is 1.
  /// Hamblin et al. 2024, Feature Accentuation, https://arxiv.org/abs/2402.10039.
  ///
  /// - Parameter share: the strength of each term, as a share of the objective's; above 0.
  public func balanced(_ share: Float = 1) -> Objective {
    var result = asPrior
    for index in result.terms.indices { result.terms[index].balance = share }
    return result
  }
}
