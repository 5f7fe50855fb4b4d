/// One stage of a run: its ascent, with the network compiled for it.
struct StageRun {
  private let visualizer: Visualizer
  private let stage: AscentStage
  let ascent: Ascent

  /// - Parameter start: where the pictures start; the parameterization's own start unless given.
  /// - Throws: `VisualizationError` where the network cannot be compiled for what is asked.
  init(_ visualizer: Visualizer, _ stage: AscentStage, start: RunStart?)
    throws(VisualizationError)
  {
    self.visualizer = visualizer
    self.stage = stage
    let (sum, specification) = (visualizer.sum, visualizer.input.specification)
    let pictures = Array(visualizer.seeds.indices)
    var decoders: [any PictureDecoder] = []
    let parameterization = stage.recipe.parameterization
    for index in pictures {
      let context = DecoderContext(
        size: stage.size, specification: specification, picture: index,
        pictureCount: pictures.count)
      decoders.append(
        try VisualizationError.naming(parameterization) {
          try parameterization.makeDecoder(for: context)
        })
    }
    let batches = BatchFactory(visualizer, stage, parameterCount: decoders[0].parameterCount)
    let whole = try batches.make(pictures, beside: 0)
    let given = try start?.parameters(
      for: stage, decoders: decoders, input: visualizer.input)
    let readsParameters = sum.subjects.contains(.parameters)
    var candidates: [Candidate] = []
    for (index, seed) in visualizer.seeds.enumerated() {
      candidates.append(
        try Candidate(
          index, decoder: decoders[index], stage, seed: seed, parameters: given?[index],
          readsParameters: readsParameters))
    }
    SharedParameters.takeFromFirst(candidates)
    let mayLeave = !sum.couplesPictures && decoders[0].sharedParameterCount == 0
    ascent = Ascent(
      stage, sum: sum, candidates: candidates, batch: whole,
      activationsByLayer: visualizer.network.activationsByLayer,
      makeBatch: mayLeave
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
    _ onProgress: ((VisualizationProgress) -> VisualizationProgress.Decision)?
  ) throws(VisualizationError) -> Bool {
    for iteration in 0..<stage.recipe.iterations {
      if Task.isCancelled { return true }
      let record = try ascent.step(iteration)
      let completed = before + iteration + 1
      let progress = VisualizationProgress(
        completed: completed, total: total, moment: stage.moment(iteration), record: record
      ) { index in picture(ascent.candidates[index].present(), shape: [1]) }
      if onProgress?(progress) == .stop, completed < total { return true }
      if ascent.isDone { break }
    }
    return false
  }

  /// The present numbers, for a stage that goes on from them.
  func parameters() throws(VisualizationError) -> OptimizedParameters {
    optimized(try ascent.finish().parameters)
  }

  private func optimized(_ values: [[Float]]) -> OptimizedParameters {
    OptimizedParameters(
      parameterization: stage.recipe.parameterization, values: values, size: stage.size,
      specification: visualizer.input.specification)
  }

  /// The colours of pictures, shown as the recipe shows them.
  private func picture(_ pixels: [Float], shape: [Int]) -> Tensor {
    let colors = colors(of: pixels)
    return Tensor(
      shape: shape + [stage.size.height, stage.size.width, stage.seenSize.channels],
      elements: stage.shown(colors))
  }

  /// The pictures kept of iterations.
  var snapshots: [Visualization.Snapshot] {
    ascent.snapshots.map { iteration, pictures in
      let shown = pictures.map {
        stage.shown(colors(of: $0))
      }
      return Visualization.Snapshot(
        stage: stage.number, iteration: iteration,
        pictures: Tensor(shape: colorShape, elements: shown.joined().map { $0 }))
    }
  }

  private var colorShape: [Int] {
    [visualizer.seeds.count, stage.size.height, stage.size.width, stage.seenSize.channels]
  }

  /// A picture without its opacity.
  private func colors(of picture: [Float]) -> [Float] {
    picture.withChannels(stage.seenSize.channels, of: stage.size.channels)
  }

  // MARK: The finished pictures

  /// What the stage ends with, shown and scored as its recipe says.
  func result() throws(VisualizationError) -> Visualization {
    let found: Ascent.Result
    do throws(VisualizationError) {
      found = try ascent.finish()
    } catch .neverFinite(let reason) {
      throw .neverFinite(
        reason: reason + visualizer.sourceOfNonFinite(ascent.decodedPictures(), stage))
    }
    let (size, colorCount) = (stage.size, stage.seenSize.channels)
    let colors = found.pictures.map { self.colors(of: $0) }
    var result = Visualization(
      pictures: Tensor(shape: colorShape, elements: colors.joined().map { $0 }),
      scores: found.objectives, parameters: optimized(found.parameters),
      convergedAt: ascent.candidates.map(\.convergedAt))
    if size.channels > colorCount {
      let opacities = found.pictures.map { picture in
        (1...size.height * size.width).map { picture[$0 * size.channels - 1] }
      }
      result.opacities = Tensor(
        shape: [colors.count, size.height, size.width, 1], elements: opacities.joined().map { $0 })
    }
    if stage.recipe.accumulatesImportance {
      let maps = ascent.candidates.map { self.colors(of: $0.importance) }
      result.importance = Tensor(shape: colorShape, elements: maps.joined().map { $0 })
    }
    if stage.isShownOtherwise {
      if let space = stage.recipe.parameterization.pixelSpace {
        result.raw = .init(
          pixels: Tensor(shape: colorShape, elements: found.parameters.joined().map { $0 }),
          space: space, scores: found.objectives)
      }
      let shown = colors.map(stage.shown)
      result.pictures = Tensor(shape: colorShape, elements: shown.joined().map { $0 })
      result.scores = try ascent.cleanObjectives(shown)
    }
    if stage.recipe.crop > 0 { try crop(&result) }
    return result
  }

  /// Cuts the border off and scores what is left, where the network can.
  private func crop(_ result: inout Visualization) throws(VisualizationError) {
    let crop = stage.recipe.crop
    // An axis of one pixel has no border.
    func inner(_ side: Int) -> Int { side > 1 ? side - 2 * crop : side }
    let inner = PictureSize(
      height: inner(stage.size.height), width: inner(stage.size.width),
      channels: stage.size.channels)
    guard inner.height > 0, inner.width > 0, inner.channels == stage.seenSize.channels,
      let scorer = try? BatchFactory(
        visualizer, stage, parameterCount: ascent.candidates[0].parameters.count
      ).scorer(inner, beside: ascent.whole)
    else {
      result.warnings.append(.cropSkipped(pixels: crop))
      return
    }
    let translation = Translation.centered(stage.size, height: inner.height, width: inner.width)
    let cropped = visualizer.seeds.indices.map {
      translation.applied(to: result.picture($0).elements)
    }
    let values = try scorer.values(
      cropped, parameters: ascent.candidates.map(\.parameters), at: stage.lastMoment)
    let scores = ascent.objectives(values, at: stage.lastMoment)
    result.scores = zip(scores, ascent.candidates).map { $1.neverFinite == nil ? $0 : .nan }
    result.pictures = Tensor(
      shape: [cropped.count, inner.height, inner.width, inner.channels],
      elements: cropped.joined().map { $0 })
  }
}
