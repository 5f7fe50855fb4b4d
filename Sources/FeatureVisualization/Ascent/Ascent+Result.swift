// Which picture of a run is returned, and what is said of it.

extension Ascent {
  /// What a stage ends with, picture by picture.
  struct Result {
    /// Those of each input.
    let pictures: [[[Float]]]
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
    var scores = masked(objectives(last, at: stage.lastMoment))
    if isClean { keepBest(last, of: Array(candidates.indices), at: history.count) }
    var isLast = true
    for candidate in candidates {
      let isFinite = scores[candidate.index].isFinite
      forEachPart(candidate.index) { part, _ in
        if part.takeBest(isFinite: isFinite, last: history.count) { isLast = false }
      }
    }
    // What is known already takes no other pass, for which a cancelled task would have to wait.
    if !isLast {
      pictures = decodedPictures()
      scores = try cleanObjectives(pictures)
    }
    for candidate in candidates { warnOfNoProgress(candidate, scores[candidate.index]) }
    return Result(pictures: pictures, objectives: scores)
  }

  /// The clean objective of pictures that the network sees as they are; NaN of one that never was finite.
  func cleanObjectives(_ pictures: [[[Float]]]) throws(VisualizationError) -> [Float] {
    masked(objectives(try cleanValues(pictures), at: stage.lastMoment))
  }

  private func masked(_ scores: [Float]) -> [Float] {
    zip(scores, candidates).map { $1.neverFinite == nil ? $0 : .nan }
  }

  /// The fewest iterations after which an objective should have moved.
  private static let fewestIterations = 10
  /// The part of the objective by which it should have improved.
  private static let leastProgress: Float = 0.05

  /// Says so where a run has led nowhere, unless the reason is told already.
  private func warnOfNoProgress(_ candidate: Candidate, _ score: Float) {
    let (index, modifier) = (candidate.index, stage.recipe.gradModifier)
    guard candidate.neverFinite == nil, !candidate.isWarned, let first = history.first else {
      return
    }
    if let best = candidate.best, best.iteration == 0 {
      warnings.append(.startIsBest(picture: index))
      return
    }
    // Others of the batch may go on when the picture is done.
    let steps = candidate.convergedAt.map { min($0 + 1, history.count) } ?? history.count
    // Under random transformations only the last record is like the first.
    let from = first.objectives[index]
    let to = isClean ? score : history[steps - 1].objectives[index]
    let reverses = modifier?.reversesObjective == true
    let gain = (reverses ? -1 : 1) * (to - from)
    let least = Self.leastProgress * max(abs(from), abs(to))
    // Another gradient than the objective's own may be meant to lead elsewhere.
    let isItsOwn = modifier == nil || reverses
    guard steps >= Self.fewestIterations, gain.isFinite, gain <= least,
      isItsOwn || gain >= -least
    else { return }
    warnings.append(
      .objectiveNotImproved(
        picture: index, from: from, to: to,
        regularized: sum.terms.contains { $0.role == .prior }))
  }
}
