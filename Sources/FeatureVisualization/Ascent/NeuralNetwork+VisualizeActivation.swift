extension NeuralNetwork {
  /// Draws the picture that units of a layer respond to most.
  ///
  ///     let visualization = try network.visualizeActivation(of: "loss3/classifier", units: [130])
  ///     let flamingo = try network.visualizeActivation(of: "predictions", units: ["flamingo"])
  ///
  /// - Parameters:
  ///   - layer: the layer, of any kind; −1 is the last.
  ///   - units: raised together in one picture, by index or by label; none stands for all units of the layer.
  ///   - position: where a feature map is looked at, instead of the mean over all of it without the recipe's border:
  ///     what is drawn is the receptive field of these neurons, and nothing is cut off.
  ///   - preset: the recipe.
  ///   - height: the picture's height; what the network declares unless given.
  ///   - width: the picture's width.
  ///   - iterations: the number of steps, instead of the recipe's.
  ///   - seed: fixes every random draw.
  ///   - startingPicture: where to start, `[1, H, W, C]` in 0…1, instead of noise.
  ///   - heldInputs: constant values of the network's other inputs, channels last.
  ///   - onProgress: called after every iteration; may stop the run.
  /// - Throws: `VisualizationError`.
  public func visualizeActivation(
    of layer: LayerID, units: [UnitID], at position: MapPosition? = nil, preset: Preset = .lucid,
    height: Int? = nil,
    width: Int? = nil, iterations: Int? = nil, seed: UInt64 = 0, startingPicture: Tensor? = nil,
    heldInputs: [String: Tensor] = [:],
    onProgress: ((VisualizationProgress) -> VisualizationProgress.Decision)? = nil
  ) throws(VisualizationError) -> Visualization {
    try visualizeActivation(
      of: layer, eachOf: [units], at: position, preset: preset, height: height, width: width,
      iterations: iterations, seed: seed, startingPicture: startingPicture,
      heldInputs: heldInputs, onProgress: onProgress)
  }

  /// Draws the picture that units of a layer respond to most.
  ///
  /// The same for units in variables: `units: [unit]`, `units: 0..<4`.
  ///
  /// - Throws: `VisualizationError`.
  @_disfavoredOverload
  public func visualizeActivation(
    of layer: LayerID, units: some Sequence<Int>, at position: MapPosition? = nil,
    preset: Preset = .lucid, height: Int? = nil,
    width: Int? = nil, iterations: Int? = nil, seed: UInt64 = 0, startingPicture: Tensor? = nil,
    heldInputs: [String: Tensor] = [:],
    onProgress: ((VisualizationProgress) -> VisualizationProgress.Decision)? = nil
  ) throws(VisualizationError) -> Visualization {
    try visualizeActivation(
      of: layer, units: units.map(UnitID.index), at: position, preset: preset, height: height,
      width: width,
      iterations: iterations, seed: seed, startingPicture: startingPicture,
      heldInputs: heldInputs, onProgress: onProgress)
  }

  /// Draws one picture for each set of units, in one batch.
  ///
  /// Every picture starts from the same seed, so that it is what it would be alone.
  ///
  /// - Throws: `VisualizationError`.
  public func visualizeActivation(
    of layer: LayerID, eachOf units: [[UnitID]], at position: MapPosition? = nil,
    preset: Preset = .lucid, height: Int? = nil,
    width: Int? = nil, iterations: Int? = nil, seed: UInt64 = 0, startingPicture: Tensor? = nil,
    heldInputs: [String: Tensor] = [:],
    onProgress: ((VisualizationProgress) -> VisualizationProgress.Decision)? = nil
  ) throws(VisualizationError) -> Visualization {
    guard !units.isEmpty else { throw .invalidArgument("units", "no picture is asked for") }
    var preset = preset
    // A neuron has another position in a picture that is cropped.
    if position != nil { preset.crop = 0 }
    let objective =
      position.map { ActivationMaximization(layer: layer, eachOf: units, at: $0) }
      ?? ActivationMaximization(layer: layer, eachOf: units, border: preset.border)
    return try visualizeActivationWithLosses(
      objective + preset.regularizers, preset: preset, height: height, width: width,
      iterations: iterations, seeds: units.map { _ in seed }, startingPicture: startingPicture,
      heldInputs: heldInputs, onProgress: onProgress)
  }

  /// Draws one picture for each unit, in one batch.
  ///
  ///     try network.visualizeActivation(of: "conv2/3x3", eachOf: 0..<64, preset: .kerasIO)
  ///
  /// - Throws: `VisualizationError`.
  public func visualizeActivation(
    of layer: LayerID, eachOf units: some Sequence<Int>, at position: MapPosition? = nil,
    preset: Preset = .lucid,
    height: Int? = nil, width: Int? = nil, iterations: Int? = nil, seed: UInt64 = 0,
    startingPicture: Tensor? = nil, heldInputs: [String: Tensor] = [:],
    onProgress: ((VisualizationProgress) -> VisualizationProgress.Decision)? = nil
  ) throws(VisualizationError) -> Visualization {
    try visualizeActivation(
      of: layer, eachOf: units.map { [.index($0)] }, at: position, preset: preset, height: height,
      width: width,
      iterations: iterations, seed: seed, startingPicture: startingPicture,
      heldInputs: heldInputs, onProgress: onProgress)
  }

  /// Draws the pictures that raise an objective: a loss, or any sum or product of them.
  ///
  ///     try network.visualizeActivationWithLosses(
  ///       ActivationMaximization(layer: "predictions", units: [20]) + 10 * TotalVariation(),
  ///       preset: .kerasVis, inputModifiers: [.jitter(16)], gradModifier: .negate)
  ///
  /// - Parameters:
  ///   - losses: what is raised; a loss stands in it for minus its value. The preset's regularizers are not added.
  ///   - preset: parameterization, optimizer and length, and the modifiers that are not given.
  ///   - inputModifiers: instead of the preset's.
  ///   - gradModifier: instead of the preset's.
  ///   - backpropModifier: instead of the preset's.
  ///   - height: what the network sees; what it declares unless given. `Preset.canvas` is the picture's size.
  ///   - iterations: the number of steps, instead of the preset's; those of its stages stay.
  ///   - seeds: one per picture of the batch.
  ///   - startingPicture: where to start, `[1, H, W, C]` or one per picture, in 0…1, instead of noise.
  ///   - continuing: the parameters of an earlier run, to go on from, instead of a starting picture.
  /// - Throws: `VisualizationError`.
  public func visualizeActivationWithLosses(
    _ losses: some ObjectiveConvertible, preset: Preset = .lucid,
    inputModifiers: [any InputModifier]? = nil, gradModifier: (any GradModifier)? = nil,
    backpropModifier: (any BackpropModifier)? = nil, height: Int? = nil, width: Int? = nil,
    iterations: Int? = nil, seeds: [UInt64] = [0], startingPicture: Tensor? = nil,
    continuing: OptimizedParameters? = nil, heldInputs: [String: Tensor] = [:],
    onProgress: ((VisualizationProgress) -> VisualizationProgress.Decision)? = nil
  ) throws(VisualizationError) -> Visualization {
    var recipe = preset
    recipe.inputModifiers = inputModifiers ?? preset.inputModifiers
    recipe.gradModifier = gradModifier ?? preset.gradModifier
    recipe.backpropModifier = backpropModifier ?? preset.backpropModifier
    recipe.iterations = iterations ?? preset.iterations
    if startingPicture != nil, continuing != nil {
      throw .invalidArgument("continuing", "a run starts from a picture or from parameters")
    }
    let visualizer = try Visualizer(
      self, objective: losses.objective, recipe: recipe, height: height, width: width, seeds: seeds,
      heldInputs: heldInputs)
    return try visualizer.run(
      start: startingPicture.map { .picture($0) } ?? continuing.map { .parameters($0) },
      onProgress: onProgress)
  }
}
