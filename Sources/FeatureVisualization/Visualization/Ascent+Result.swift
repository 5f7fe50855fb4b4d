// Which picture of a run is returned, and what is said of it.

extension Ascent {
  /// What a run ends with, picture by picture.
  struct Result {
    let parameters: [[Float]]
    let pictures: [[Float]]
    /// The clean objective of exactly these pictures; NaN of one that never was finite.
    let objectives: [Float]
  }

  /// Takes the best parameters, where they are known, or else the last ones.
  ///
  /// - Throws: `VisualizationError.neverFinite` where no picture ever was finite.
  func finish() throws(VisualizationError) -> Result {
    let reasons = candidates.compactMap(\.neverFinite)
    if let reason = reasons.first, reasons.count == candidates.count {
      throw .neverFinite(reason: reason)
    }
    var pictures = decodedPictures()
    let last = try cleanValues(pictures)
    var scores = masked(objectives(last))
    var isLast = true
    for index in candidates.indices {
      let iteration = history.count
      if isClean { candidates[index].keep(sum(last, index, scores[index]), at: iteration) }
      if let best = candidates[index].best {
        guard best.iteration < iteration else { continue }
        candidates[index].parameters = best.parameters
      } else {
        guard !scores[index].isFinite else { continue }
        candidates[index].parameters = candidates[index].finite
      }
      isLast = false
    }
    // What is known already takes no other pass, for which a cancelled task would have to wait.
    if !isLast {
      pictures = decodedPictures()
      scores = try cleanObjectives(pictures)
    }
    for index in candidates.indices { warnOfNoProgress(index, scores[index]) }
    return Result(parameters: candidates.map(\.parameters), pictures: pictures, objectives: scores)
  }

  /// The clean objective of pictures that the network sees as they are; NaN of one that never was finite.
  func cleanObjectives(_ pictures: [[Float]]) throws(VisualizationError) -> [Float] {
    masked(objectives(try cleanValues(pictures)))
  }

  private func masked(_ scores: [Float]) -> [Float] {
    zip(scores, candidates).map { $1.neverFinite == nil ? $0 : .nan }
  }

  /// The fewest iterations after which an objective should have moved.
  private static let fewestIterations = 10
  /// The part of the objective by which it should have improved.
  private static let leastProgress: Float = 0.05

  /// Says so where a run has led nowhere, unless the reason is told already.
  private func warnOfNoProgress(_ index: Int, _ score: Float) {
    let candidate = candidates[index]
    guard candidate.neverFinite == nil, !candidate.isWarned, let first = history.first else {
      return
    }
    if let best = candidate.best, best.iteration == 0 {
      warnings.append(.startIsBest(picture: index))
      return
    }
    // Under random transformations only the last record is like the first.
    let from = first.objectives[index]
    let to = isClean ? score : history[history.count - 1].objectives[index]
    let reverses = recipe.gradModifier?.reversesObjective == true
    let gain = (reverses ? -1 : 1) * (to - from)
    let least = Self.leastProgress * max(abs(from), abs(to))
    // Another gradient than the objective's own may be meant to lead elsewhere.
    let isItsOwn = recipe.gradModifier == nil || reverses
    guard history.count >= Self.fewestIterations, gain.isFinite, gain <= least,
      isItsOwn || gain >= -least
    else { return }
    warnings.append(
      .objectiveNotImproved(
        picture: index, from: from, to: to,
        regularized: whole.sum.terms.contains { $0.weighted.loss is any Regularizer }))
  }
}
