/// One stage of a run: its ascent, with the network compiled for it.
struct StageRun {
  let visualizer: Visualizer
  let ascent: Ascent
  private let cancellation: Cancellation
  private let stage: AscentStage

  /// - Parameters:
  ///   - stages: that of each optimised input.
  ///   - starts: where their pictures start; the parameterizations' own starts unless given.
  /// - Throws: `VisualizationError` where the network cannot be compiled for what is asked.
  init(
    _ visualizer: Visualizer, _ stages: [AscentStage], starts: [Preset.Start?],
    _ cancellation: Cancellation
  ) throws(VisualizationError) {
    self.visualizer = visualizer
    self.cancellation = cancellation
    stage = stages[0]
    let sum = visualizer.sum
    var decoders: [[any PictureDecoder]] = []
    for (input, stage) in zip(visualizer.inputs, stages) {
      decoders.append(
        try stage.makeDecoders(count: visualizer.seeds.count, specification: input.specification))
    }
    let sized = visualizer.sized(stages, parameterCounts: decoders.map { $0[0].parameterCount })
    let (batches, whole) = try BatchFactory.largest(visualizer, sized, stages[0])
    var lanes: [InputLane] = []
    for (place, stage) in stages.enumerated() {
      let stage = stage.showing(batches.viewsAtOnce)
      let input = visualizer.inputs[place]
      let given = try starts[place]?.parameters(
        for: stage, decoders: decoders[place], input: input)
      let name = input.input.name
      lanes.append(
        try InputLane(
          place, name: name, stage, decoders: decoders[place], seeds: visualizer.seeds,
          parameters: given,
          readsParameters: sum.subjects.contains { subject in
            subject.source == .parameters && subject.input.map { $0 == name } ?? (place == 0)
          }))
    }
    let sharesNothing = decoders.allSatisfy { $0[0].sharedParameterCount == 0 }
    ascent = Ascent(
      lanes, sum: sum, batch: whole,
      activationsByLayer: visualizer.network.activationsByLayer, cancellation: cancellation,
      makeBatch: !sum.couplesPictures && sharesNothing
        ? { pictures in batches.makeSmaller(pictures, beside: whole) } : nil)
  }

  /// Takes all steps, or as many as are wanted.
  ///
  /// - Parameters:
  ///   - before: the steps of the stages before.
  ///   - total: the steps of all stages.
  /// - Returns: whether the run was cancelled.
  func takeSteps(
    before: Int, of total: Int,
    _ onProgress: ((VisualizationProgress) -> Void)?
  ) throws(VisualizationError) -> Bool {
    for iteration in 0..<stage.recipe.iterations {
      guard !cancellation.isCancelled, let record = try ascent.step(iteration) else { return true }
      let completed = before + iteration + 1
      onProgress?(
        VisualizationProgress(
          completed: completed, total: total, moment: stage.moment(iteration), record: record,
          cancellation: cancellation, inputs: ascent.lanes.map(\.name), decode: shownNow))
      if ascent.isDone { break }
    }
    return false
  }

  /// Pictures of an input as they are now, shown as its recipe shows them.
  private func shownNow(_ pictures: Range<Int>, of input: Int) -> Tensor {
    let lane = ascent.lanes[input]
    return lane.shown(pictures.map { lane.candidates[$0].present() })
  }

  /// The present numbers of each input, for a stage that goes on from them.
  func parameters() throws(VisualizationError) -> [OptimizedParameters] {
    _ = try ascent.finish()
    return ascent.lanes.indices.map(optimizedParameters)
  }

  func optimizedParameters(of input: Int) -> OptimizedParameters {
    let lane = ascent.lanes[input]
    return OptimizedParameters(
      parameterization: lane.stage.recipe.parameterization,
      values: lane.candidates.map(\.parameters), size: lane.stage.size,
      specification: visualizer.inputs[input].specification)
  }

  /// The pictures kept of iterations.
  var snapshots: [Visualization.Snapshot] {
    ascent.snapshots.map { iteration, pictures in
      Visualization.Snapshot(
        stage: stage.number, iteration: iteration,
        picturesByInput: zip(ascent.lanes, pictures).map { ($0.name, $0.shown($1)) })
    }
  }
}
