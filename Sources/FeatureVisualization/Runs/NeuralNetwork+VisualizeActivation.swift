// Drawing on the caller's thread. In an async context the forms of NeuralNetwork+VisualizeActivationAsync.swift are meant.

extension NeuralNetwork {
  /// Draws the picture that units of a layer respond to most.
  ///
  ///     let visualization = try network.visualizeActivation(of: "loss3/classifier", units: 130)
  ///     let flamingo = try network.visualizeActivation(of: "predictions", units: "flamingo", seed: 1)
  ///
  /// - Parameters:
  ///   - layer: the layer, of any kind; −1 is the last.
  ///   - units: raised together in one picture, by index or by label: 3, "zebra", ["zebra", "lion"], 0..<4; all of the
  ///     layer unless given.
  ///   - position: where a feature map is looked at, instead of the mean over all of it without the recipe's border:
  ///     what is drawn is the receptive field of these neurons, and nothing is cut off.
  ///   - part: the head of attention, and the tokens, that count: `.tokens(1...)`, `.head(3, of: 12)`.
  ///   - preset: the recipe, with the size, the start and the other inputs; `Preset.recommended(for:layer:)` unless given.
  ///   - iterations: the number of steps, instead of the preset's; those of its stages stay.
  ///   - seed: fixes every random draw.
  ///   - onProgress: called after every iteration; may stop the run.
  /// - Returns: what was found until the end, or until the task was cancelled.
  /// - Throws: `VisualizationError`.
  public func visualizeActivation<Units: UnitsConvertible>(
    of layer: LayerID, units: Units = AllUnits.all, at position: MapPosition? = nil,
    in part: AttentionPart? = nil, preset: Preset? = nil, iterations: Int? = nil,
    seed: UInt64 = 0,
    onProgress: ((VisualizationProgress) -> Void)? = nil
  ) throws(VisualizationError) -> Visualization {
    try VisualizationRequest(
      self, layer, eachOf: [units.unitIDs], at: position, in: part, preset, iterations: iterations,
      seed: seed
    ).run(onProgress)
  }

  /// Draws one picture for each set of units, in one batch.
  ///
  ///     try network.visualizeActivation(of: "conv2/3x3", eachOf: 0..<64, preset: .kerasIO)
  ///     try network.visualizeActivation(of: "predictions", eachOf: ["zebra", "flamingo"])
  ///
  /// Every picture starts from the same seed, so that it is what it would be alone.
  ///
  /// - Throws: `VisualizationError`.
  public func visualizeActivation(
    of layer: LayerID, eachOf groups: some UnitGroupsConvertible, at position: MapPosition? = nil,
    in part: AttentionPart? = nil, preset: Preset? = nil, iterations: Int? = nil,
    seed: UInt64 = 0,
    onProgress: ((VisualizationProgress) -> Void)? = nil
  ) throws(VisualizationError) -> Visualization {
    try VisualizationRequest(
      self, layer, eachOf: groups.unitGroups, at: position, in: part, preset,
      iterations: iterations,
      seed: seed
    ).run(onProgress)
  }

  /// Draws the pictures that raise an objective: a loss, or any sum or product of them.
  ///
  ///     try network.visualizeActivationWithLosses(
  ///       ActivationMaximization(layer: "predictions", units: 20) + 10 * TotalVariation(),
  ///       preset: .kerasVis.with(\.inputModifiers, [.jitter(16)]))
  ///
  /// - Parameters:
  ///   - losses: what is raised; a loss stands in it for minus its value. The preset's regularizers are not added.
  ///   - preset: the recipe, with the size, the start and the other inputs.
  ///   - iterations: the number of steps, instead of the preset's; those of its stages stay.
  ///   - seeds: one per picture of the batch.
  ///   - onProgress: called after every iteration; may stop the run.
  /// - Returns: what was found until the end, or until the task was cancelled.
  /// - Throws: `VisualizationError`.
  public func visualizeActivationWithLosses(
    _ losses: some ObjectiveConvertible, preset: Preset = .lucid, iterations: Int? = nil,
    seeds: [UInt64] = [0], onProgress: ((VisualizationProgress) -> Void)? = nil
  ) throws(VisualizationError) -> Visualization {
    try VisualizationRequest(
      self, losses.objective, preset, iterations: iterations, seeds: seeds
    ).run(onProgress)
  }
}
