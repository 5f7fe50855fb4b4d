// Drawing as a sequence of updates.

extension NeuralNetwork {
  /// The steps of drawing the picture that units of a layer respond to most, and the result.
  ///
  ///     for try await update in network.visualizationUpdates(of: "predictions", units: "zebra") { … }
  ///
  /// - Parameter interval: how many iterations lie between two that are told with their pictures; none are unless given.
  /// - Returns: a sequence that draws while it is iterated; it throws what `visualizeActivation` would.
  public func visualizationUpdates<Units: UnitsConvertible>(
    of layer: LayerID, units: Units = AllUnits.all, at position: MapPosition? = nil,
    in part: AttentionPart? = nil, preset: Preset? = nil, iterations: Int? = nil,
    seed: UInt64 = 0,
    picturesEvery interval: Int? = nil
  ) -> VisualizationUpdates {
    visualizationUpdates(
      of: layer, eachOf: [units.unitIDs], at: position, in: part, preset: preset,
      iterations: iterations,
      seed: seed, picturesEvery: interval)
  }

  /// The steps of drawing one picture for each set of units, in one batch, and the result.
  ///
  /// - Parameter interval: how many iterations lie between two that are told with their pictures; none are unless given.
  public func visualizationUpdates(
    of layer: LayerID, eachOf groups: some UnitGroupsConvertible, at position: MapPosition? = nil,
    in part: AttentionPart? = nil, preset: Preset? = nil, iterations: Int? = nil,
    seed: UInt64 = 0,
    picturesEvery interval: Int? = nil
  ) -> VisualizationUpdates {
    VisualizationUpdates(
      Result { () throws(VisualizationError) in
        try VisualizationRequest(
          self, layer, eachOf: groups.unitGroups, at: position, in: part, preset,
          iterations: iterations,
          seed: seed)
      }, picturesEvery: interval)
  }

  /// The steps of drawing the pictures that raise an objective, and the result.
  ///
  /// - Parameter interval: how many iterations lie between two that are told with their pictures; none are unless given.
  public func visualizationUpdates(
    raising losses: some ObjectiveConvertible, preset: Preset = .lucid, iterations: Int? = nil,
    seeds: [UInt64] = [0], picturesEvery interval: Int? = nil
  ) -> VisualizationUpdates {
    VisualizationUpdates(
      .success(
        VisualizationRequest(
          self, losses.objective, preset, iterations: iterations, seeds: seeds)),
      picturesEvery: interval)
  }
}
