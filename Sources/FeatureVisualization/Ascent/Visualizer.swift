/// Checks what is asked for and runs the stages of a recipe, one after another.
struct Visualizer {
  let network: NeuralNetwork
  let sum: TermSum
  /// The recipe of each stage.
  let recipes: [Preset]
  let input: PictureInput
  let seeds: [UInt64]
  private let height: Int?
  private let width: Int?

  init(
    _ network: NeuralNetwork, objective: Objective, recipe: Preset, height: Int?, width: Int?,
    seeds: [UInt64], heldInputs: [String: Tensor]
  ) throws(VisualizationError) {
    guard !seeds.isEmpty else { throw .invalidArgument("seeds", "no picture is asked for") }
    guard objective.terms.contains(where: { $0.role == .objective }) else {
      throw .invalidArgument("losses", "nothing but priors: no objective to raise")
    }
    self.network = network
    self.seeds = seeds
    self.height = height
    self.width = width
    recipes = recipe.inOrder
    input = try PictureInput(of: network, heldInputs: heldInputs, pictureCount: seeds.count)
    sum = try TermSum(objective, in: network)
  }

  // MARK: Stages

  /// The stage of a number, and what its pictures are decoded by.
  private func stage(_ number: Int) throws(VisualizationError) -> AscentStage {
    let recipe = recipes[number]
    return try AscentStage(
      recipe, number: number, seenSize: try seenSize(recipe), specification: input.specification)
  }

  /// The size that the network sees: what is asked for, the recipe's where the layers can be computed from it, or what
  /// the network declares.
  private func seenSize(_ recipe: Preset) throws(VisualizationError) -> PictureSize {
    // A recipe's own side is that of pictures.
    var side = input.form.isPicture && height == nil && width == nil ? recipe.side : nil
    if let wanted = side, input.form.declaredSize != nil,
      !input.canTake(side: wanted, count: seeds.count, layers: sum.taps.map(\.layer), in: network)
    {
      side = nil
    }
    return try input.form.size(height: height ?? side, width: width ?? side)
  }

  func run(
    start: RunStart?,
    onProgress: ((VisualizationProgress) -> VisualizationProgress.Decision)?
  ) throws(VisualizationError) -> Visualization {
    WorkerPool.enter()
    defer { WorkerPool.leave() }
    // What is wrong with a later stage is told before the first step.
    var stages: [AscentStage] = []
    for number in recipes.indices { stages.append(try stage(number)) }
    var start = start
    var (history, warnings): ([IterationRecord], [VisualizationWarning]) = ([], softmaxWarnings)
    var (snapshots, isCancelled): ([Visualization.Snapshot], Bool) = ([], false)
    for (number, stage) in stages.enumerated() {
      let run = try StageRun(self, stage, start: start)
      isCancelled = try run.takeSteps(before: history.count, of: iterationCount, onProgress)
      history += run.ascent.history
      warnings += run.ascent.warnings
      snapshots += run.snapshots
      guard number == recipes.indices.last || isCancelled else {
        start = .parameters(try run.parameters())
        continue
      }
      let before = run.ascent.warnings.count
      var result = try run.result()
      result.history = history
      result.warnings = warnings + run.ascent.warnings[before...] + result.warnings
      result.snapshots = snapshots
      result.isCancelled = isCancelled
      return result
    }
    throw .invalidArgument("stages", "no stage is asked for")
  }

  /// The steps of all stages.
  private var iterationCount: Int { recipes.reduce(0) { $0 + $1.iterations } }

  private var softmaxWarnings: [VisualizationWarning] {
    sum.taps.compactMap { tap in
      guard let layer = try? network.layer(tap.layer) else { return nil }
      return layer.operation.finalActivation?.coupledAxis == nil
        ? nil : .softmaxKept(layer: layer.name)
    }
  }
}
