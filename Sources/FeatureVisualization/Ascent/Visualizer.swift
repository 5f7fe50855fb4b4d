/// Checks what is asked for and runs the stages of a recipe, one after another.
struct Visualizer {
  let network: NeuralNetwork
  var sum: TermSum
  /// The recipe of each stage.
  let recipes: [Preset]
  /// The optimised inputs, the first of which is the one that needs no name.
  let inputs: [PictureInput]
  let seeds: [UInt64]

  init(_ request: VisualizationRequest) throws(VisualizationError) {
    guard !request.seeds.isEmpty else { throw .invalidArgument("seeds", "no picture is asked for") }
    guard request.objective.terms.contains(where: { $0.role == .objective }) else {
      throw .invalidArgument("losses", "nothing but priors: no objective to raise")
    }
    network = request.network
    seeds = request.seeds
    recipes = request.recipe.inOrder
    inputs = try PictureInput.optimized(
      in: network, named: Array(request.recipe.inputs.keys), heldInputs: request.recipe.heldInputs,
      pictureCount: seeds.count)
    sum = try TermSum(request.objective, in: network)
  }

  // MARK: Stages

  /// The stage of a number for each input, and what its pictures are decoded by.
  private func stages(_ number: Int) throws(VisualizationError) -> [AscentStage] {
    let recipe = recipes[number]
    let sizes = try seenSizes(recipe)
    var stages: [AscentStage] = []
    for (input, seenSize) in zip(inputs, sizes) {
      stages.append(
        try AscentStage(
          recipe.ofInput(input.input.name), number: number, seenSize: seenSize,
          specification: input.specification))
    }
    return stages
  }

  /// The sizes that the network sees: what is asked for, the recipes' where the layers can be computed from them, or what
  /// the network declares.
  private func seenSizes(_ recipe: Preset) throws(VisualizationError) -> [PictureSize] {
    let recipes = inputs.map { recipe.ofInput($0.input.name) }
    func sizes(withSides: Bool) throws(VisualizationError) -> [PictureSize] {
      var sizes: [PictureSize] = []
      for (input, recipe) in zip(inputs, recipes) {
        // A recipe's own side is that of pictures.
        let takesSide = input.form.isPicture && (withSides || input.form.declaredSize == nil)
        let side = takesSide ? recipe.side.map { InputSize($0) } : nil
        sizes.append(try input.form.size(recipe.size ?? side))
      }
      return sizes
    }
    let wanted = try sizes(withSides: true)
    let declared = try sizes(withSides: false)
    let sizes = wanted == declared || canSee(wanted) ? wanted : declared
    let small = zip(zip(inputs, recipes), sizes).map { lane, size in
      lane.0.form.isPicture ? lane.1.smallStart?.size(size) ?? size : size
    }
    return small == sizes || !canSee(small) ? sizes : small
  }

  /// Whether the network can compute the layers that are looked at from pictures of these sizes.
  private func canSee(_ sizes: [PictureSize]) -> Bool {
    zip(inputs, sizes).map { SizedInput(input: $0, size: $1, seenSize: $1, fit: .cropping) }
      .canTake(count: seeds.count, layers: sum.taps.map(\.layer), in: network)
  }

  /// The inputs with the sizes of their stages.
  func sized(_ stages: [AscentStage], parameterCounts: [Int]? = nil) -> [SizedInput] {
    stages.indices.map { place in
      let stage = stages[place]
      return SizedInput(
        input: inputs[place], size: stage.size, seenSize: stage.seenSize, fit: stage.fit,
        parameterCount: parameterCounts?[place] ?? 0)
    }
  }

  /// Runs all stages, until done or cancelled.
  func run(
    _ cancellation: Cancellation, _ onProgress: ((VisualizationProgress) -> Void)?
  ) throws(VisualizationError) -> Visualization {
    // What is wrong with a later stage is told before the first step.
    var stages: [[AscentStage]] = []
    for number in recipes.indices { stages.append(try self.stages(number)) }
    var starts = stages[0].map(\.recipe.start)
    let visualizer = try balanced(stages[0], starts: starts, cancellation)
    var (history, warnings): ([IterationRecord], [VisualizationWarning]) = ([], softmaxWarnings)
    var (snapshots, isCancelled): ([Visualization.Snapshot], Bool) = ([], false)
    for (number, stage) in stages.enumerated() {
      let run = try StageRun(visualizer, stage, starts: starts, cancellation)
      isCancelled = try run.takeSteps(before: history.count, of: iterationCount, onProgress)
      history += run.ascent.history
      warnings += run.ascent.warnings
      snapshots += run.snapshots
      guard number == recipes.indices.last || isCancelled else {
        starts = zip(try run.parameters(), stages[number + 1]).map { earlier, next in
          next.recipe.start?.going(onFrom: earlier) ?? .parameters(earlier)
        }
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
