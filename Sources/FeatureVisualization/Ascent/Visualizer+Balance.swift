// Weights of priors that are found by their gradients at the first step.

extension Visualizer {
  /// The same with each balanced prior times the factor that makes its gradient as strong as it is to be.
  ///
  /// - Parameters:
  ///   - stages: the first of each optimised input.
  ///   - starts: where their pictures start; the parameterizations' own starts unless given.
  /// - Throws: `VisualizationError.invalidArgument` for a share that is not above 0, or a prior without a gradient.
  func balanced(
    _ stages: [AscentStage], starts: [Preset.Start?], _ cancellation: Cancellation
  ) throws(VisualizationError) -> Visualizer {
    guard sum.terms.contains(where: { $0.balance != nil }) else { return self }
    func strengths(_ sum: TermSum) throws(VisualizationError) -> [Double] {
      var part = self
      part.sum = sum
      return try StageRun(part, stages, starts: starts, cancellation).ascent.gradientStrengths()
    }
    let objective = try strengths(sum.keeping { $0.role == .objective })
    var terms = sum.terms
    for (place, term) in terms.enumerated() {
      guard let share = term.balance else { continue }
      guard share > 0, share.isFinite else {
        throw .invalidArgument("balanced", "a share of \(share) of the objective's gradient")
      }
      let own = try strengths(sum.replacing(sum.alone(place)))
      guard !cancellation.isCancelled else { return self }
      var factors: [Float] = []
      for (picture, strengths) in zip(objective, own).enumerated() {
        // What is wrong with the objective is told by the run itself.
        let wanted = strengths.0.isFinite ? Double(share) * strengths.0 : 0
        let factor = Float(wanted / strengths.1)
        guard factor.isFinite else {
          throw .invalidArgument(
            "balanced",
            "\(term.name) has no finite gradient where picture \(picture) starts: give it a weight instead"
          )
        }
        factors.append(factor)
      }
      terms[place].loss = LossTimesFactors(loss: term.loss, factors: factors)
    }
    var result = self
    result.sum = sum.replacing(terms)
    return result
  }
}

extension TermSum {
  /// A term that counts once among objectives that count for nothing.
  fileprivate func alone(_ place: Int) -> [Objective.Term] {
    var result: [Objective.Term] = []
    for (index, term) in terms.enumerated() where index == place || term.role == .objective {
      var term = term
      term.weight = index == place ? 1 : 0
      result.append(term)
    }
    return result
  }
}

extension Ascent {
  /// Σ |∂/∂θ| of what is raised, for each picture as it starts, with the first step's draws.
  func gradientStrengths() throws(VisualizationError) -> [Double] {
    let moment = stage.moment(0)
    decodeAll()
    guard try differentiate(at: moment) else { return candidates.map { _ in 0 } }
    addPriors(at: moment)
    return candidates.indices.map { index in
      var sum = 0.0
      forEachPart(index) { part, _ in
        part.pullBackToParameters()
        for slope in part.parameterGradient { sum += Double(abs(slope)) }
      }
      return sum
    }
  }
}
