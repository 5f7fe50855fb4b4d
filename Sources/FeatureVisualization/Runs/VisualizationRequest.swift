import Dispatch

/// What is to be drawn: the objective, the recipe and a seed for each picture.
struct VisualizationRequest: Sendable {
  let network: NeuralNetwork
  let objective: Objective
  let recipe: Preset
  let seeds: [UInt64]

  /// - Parameter iterations: instead of the recipe's.
  init(
    _ network: NeuralNetwork, _ objective: Objective, _ recipe: Preset, iterations: Int?,
    seeds: [UInt64]
  ) {
    self.network = network
    self.objective = objective
    self.recipe = iterations.map { recipe.with(\.iterations, $0) } ?? recipe
    self.seeds = seeds
  }

  /// One picture for each set of units, all from the same seed, so that each is what it would be alone.
  ///
  /// - Parameter recipe: the recommended one for the layer unless given.
  /// - Throws: `VisualizationError.invalidArgument` where there is no set; of a layer that is not there.
  init(
    _ network: NeuralNetwork, _ layer: LayerID, eachOf groups: [[UnitID]],
    at position: MapPosition?, in part: AttentionPart?, _ recipe: Preset?, iterations: Int?,
    seed: UInt64
  ) throws(VisualizationError) {
    guard !groups.isEmpty else { throw .invalidArgument("units", "no picture is asked for") }
    var recipe =
      if let recipe { recipe } else { try Preset.recommended(for: network, layer: layer) }
    // A neuron has another position in a picture that is cropped.
    if position != nil { recipe.crop = 0 }
    let units = recipe.objective(of: layer, eachOf: groups, at: position, in: part)
    self.init(
      network, units + recipe.regularizers, recipe, iterations: iterations,
      seeds: groups.map { _ in seed })
  }

  /// Draws on the caller's thread, until done or its task is cancelled.
  func run(
    _ onProgress: ((VisualizationProgress) -> Void)?
  ) throws(VisualizationError) -> Visualization {
    WorkerPool.enter()
    defer { WorkerPool.leave() }
    return try Visualizer(self).run(Cancellation(), onProgress)
  }

  /// Draws on a thread of its own, in turns with others that do, until done or the task is cancelled.
  func runOnItsThread(
    _ onProgress: (@Sendable (VisualizationProgress) -> Void)?
  ) async throws(VisualizationError) -> Visualization {
    let cancellation = Cancellation()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        start(cancellation) { _ in
          onProgress
        } then: {
          continuation.resume(returning: $0)
        }
      }
    } onCancel: {
      cancellation.cancel()
    }
    return try result.get()
  }

  /// Starts a thread that draws.
  ///
  /// - Parameters:
  ///   - makeProgress: makes what is told after every step.
  ///   - completion: takes the result, on that thread.
  func start(
    _ cancellation: Cancellation,
    _ makeProgress: @escaping @Sendable (RunTurn) -> ((VisualizationProgress) -> Void)?,
    then completion: @escaping @Sendable (Result<Visualization, VisualizationError>) -> Void
  ) {
    // A queue of one's own has a thread of its own while it works.
    DispatchQueue(label: "visualization").async {
      let (turns, turn) = (RunTurns.shared, RunTurn(cancellation))
      turns.begin(turn)
      let onProgress = makeProgress(turn)
      let result = Result { () throws(VisualizationError) in
        try Visualizer(self).run(cancellation) { progress in
          onProgress?(progress)
          turns.passOn(turn)
        }
      }
      turns.end()
      completion(result)
    }
  }
}
