// Drawing on a thread of its own, away from the caller's actor and the pool that tasks share.

extension NeuralNetwork {
  /// Draws the picture that units of a layer respond to most, on a thread of its own.
  ///
  ///     let flamingo = try await network.visualizeActivation(of: "predictions", units: "flamingo")
  ///
  /// It draws the same bytes as on the caller's thread. Several at once take turns on the cores. Cancelling the task ends
  /// the run within a step, with what it has.
  ///
  /// - Parameter onProgress: called after every iteration on the run's thread; may stop the run.
  /// - Throws: `VisualizationError`.
  public func visualizeActivation<Units: UnitsConvertible>(
    of layer: LayerID, units: Units = AllUnits.all, at position: MapPosition? = nil,
    in part: AttentionPart? = nil, preset: Preset? = nil, iterations: Int? = nil,
    seed: UInt64 = 0,
    onProgress: (@Sendable (VisualizationProgress) -> Void)? = nil
  ) async throws(VisualizationError) -> Visualization {
    try await VisualizationRequest(
      self, layer, eachOf: [units.unitIDs], at: position, in: part, preset, iterations: iterations,
      seed: seed
    ).runOnItsThread(onProgress)
  }

  /// Draws one picture for each set of units, in one batch, on a thread of its own.
  ///
  /// - Parameter onProgress: called after every iteration on the run's thread; may stop the run.
  /// - Throws: `VisualizationError`.
  public func visualizeActivation(
    of layer: LayerID, eachOf groups: some UnitGroupsConvertible, at position: MapPosition? = nil,
    in part: AttentionPart? = nil, preset: Preset? = nil, iterations: Int? = nil,
    seed: UInt64 = 0,
    onProgress: (@Sendable (VisualizationProgress) -> Void)? = nil
  ) async throws(VisualizationError) -> Visualization {
    try await VisualizationRequest(
      self, layer, eachOf: groups.unitGroups, at: position, in: part, preset,
      iterations: iterations,
      seed: seed
    ).runOnItsThread(onProgress)
  }

  /// Draws the pictures that raise an objective, on a thread of its own.
  ///
  /// - Parameter onProgress: called after every iteration on the run's thread; may stop the run.
  /// - Throws: `VisualizationError`.
  public func visualizeActivationWithLosses(
    _ losses: some ObjectiveConvertible, preset: Preset = .lucid, iterations: Int? = nil,
    seeds: [UInt64] = [0], onProgress: (@Sendable (VisualizationProgress) -> Void)? = nil
  ) async throws(VisualizationError) -> Visualization {
    try await VisualizationRequest(
      self, losses.objective, preset, iterations: iterations, seeds: seeds
    ).runOnItsThread(onProgress)
  }
}
