public import FeatureVisualization

extension SilentUnitSearch {
  /// Searches on after a recipe, in case it left the units silent.
  ///
  /// - Parameters:
  ///   - first: what the recipe came to.
  ///   - preset: the recipe.
  ///   - pictures: natural ones to start from, `[1, H, W, C]` in 0…1 each, of any size.
  ///   - seed: that of the recipe's run.
  ///   - onProgress: called after every iteration; may stop the search.
  /// - Throws: `VisualizationError`.
  public func goOn(
    after first: Visualization, preset: Preset, pictures: [Tensor] = [], seed: UInt64 = 0,
    onProgress: ((UnitAttempt.Way, VisualizationProgress) -> Void)? = nil
  ) throws(VisualizationError) -> Outcome {
    let rest = restingValue(after: first)
    var attempts = [attempt(.recipe, first, rest)]
    func outcome(_ visualization: Visualization, isComplete: Bool = true) -> Outcome {
      Outcome(visualization: visualization, attempts: attempts, isComplete: isComplete)
    }
    let lowers = preset.gradModifier?.reversesObjective == true
    guard isSilent(first), !lowers else { return outcome(first, isComplete: !first.isCancelled) }
    if preset.backpropModifier == nil {
      let drawn = try draw(preset.with(\.backpropModifier, .redirectedReLU), seed) {
        onProgress?(.redirected, $0)
      }
      attempts.append(attempt(.redirected, drawn, rest))
      if drawn.isCancelled { return outcome(first, isComplete: false) }
      if drawn.scores[0] > rest { return outcome(drawn) }
    }
    // A start, a photo, or further inputs are part of what was asked for.
    guard preset.start == nil, preset.inputs.isEmpty else { return outcome(first) }
    for way in [UnitAttempt.Way.starts, .pictures, .scenes] {
      var climbs = Climbs(self, preset, way, pictures, seed: seed, rest: rest)
      while let batch = try climbs.next({ onProgress?(way, $0) }) {
        if batch.isCancelled { return outcome(first, isComplete: false) }
        guard let picture = batch.raised else { continue }
        attempts.append(climbs.attempt)
        let drawn = try draw(preset, from: picture, seed, rest: rest) { onProgress?(way, $0) }
        // One that responds in passing is not dead, and another start may do better.
        if drawn.scores[0] > rest || drawn.isCancelled {
          return outcome(drawn, isComplete: !drawn.isCancelled)
        }
        attempts.removeLast()
      }
      if climbs.attempt.startCount > 0 { attempts.append(climbs.attempt) }
    }
    return outcome(first)
  }

  private func draw(
    _ preset: Preset, _ seed: UInt64, _ onProgress: @escaping (VisualizationProgress) -> Void
  ) throws(VisualizationError) -> Visualization {
    try network.visualizeActivationWithLosses(
      units + preset.regularizers, preset: preset, seeds: [seed], onProgress: onProgress)
  }

  /// The recipe's picture from where the units respond; a climb's where the recipe cannot start there, or loses them.
  private func draw(
    _ preset: Preset, from picture: Tensor, _ seed: UInt64, rest: Float,
    _ onProgress: @escaping (VisualizationProgress) -> Void
  ) throws(VisualizationError) -> Visualization {
    do throws(VisualizationError) {
      let drawn = try draw(preset.with(\.start, .picture(picture)), seed, onProgress)
      if drawn.scores[0] > rest || drawn.isCancelled { return drawn }
    } catch {
      // Phases and small networks have no numbers for a given picture.
      guard case .incompatible = error else { throw error }
    }
    let climb = preset.climbing(steps: stepCount, deviation: 0.01, wakes: false)
    return try network.visualizeActivationWithLosses(
      units, preset: climb.with(\.start, .picture(picture)), seeds: [seed], onProgress: onProgress)
  }

  private func attempt(_ way: UnitAttempt.Way, _ visualization: Visualization, _ rest: Float)
    -> UnitAttempt
  {
    let highest = visualization.history.reduce(visualization.scores[0]) {
      max($0, $1.objectives[0])
    }
    return UnitAttempt(
      way: way, startCount: 1, highest: highest + 0, highestBeforeActivation: nil,
      isRaised: highest > rest)
  }
}
