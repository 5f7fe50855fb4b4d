// The finished pictures of a stage.

extension StageRun {
  /// What the stage ends with, shown and scored as its recipes say.
  func result() throws(VisualizationError) -> Visualization {
    let found: Ascent.Result
    do throws(VisualizationError) {
      found = try ascent.finish()
    } catch .neverFinite(let reason) {
      throw .neverFinite(
        reason: reason + visualizer.sourceOfNonFinite(ascent.decodedPictures(), ascent.lanes))
    }
    var drawn: [DrawnInput] = []
    for place in ascent.lanes.indices {
      drawn.append(drawnInput(place, found.pictures[place], scores: found.objectives))
    }
    var result = Visualization(
      inputs: drawn, scores: found.objectives,
      convergedAt: ascent.candidates.map(\.convergedAt))
    if ascent.lanes.contains(where: \.stage.isShownOtherwise) {
      result.scores = try ascent.cleanObjectives(
        ascent.lanes.indices.map { place in
          let lane = ascent.lanes[place]
          return lane.stage.isShownOtherwise
            ? lane.seenPictures(drawn[place].pictures) : found.pictures[place]
        })
    }
    try crop(&result)
    return result
  }

  private func drawnInput(_ place: Int, _ pictures: [[Float]], scores: [Float]) -> DrawnInput {
    let lane = ascent.lanes[place]
    let (stage, size) = (lane.stage, lane.stage.size)
    var drawn = DrawnInput(
      name: lane.name, pictures: lane.shown(pictures), parameters: optimizedParameters(of: place))
    if size.channels > stage.seenSize.channels {
      let opacities = pictures.map { picture in
        (1...size.height * size.width).map { picture[$0 * size.channels - 1] }
      }
      drawn.opacities = Tensor(
        shape: [pictures.count, size.height, size.width, 1],
        elements: opacities.joined().map { $0 })
    }
    if stage.recipe.accumulatesImportance {
      let maps = lane.candidates.map { lane.colors(of: $0.importance) }
      drawn.importance = Tensor(shape: lane.colorShape, elements: maps.joined().map { $0 })
    }
    if stage.isShownOtherwise, let space = stage.recipe.parameterization.pixelSpace {
      drawn.raw = .init(
        pixels: Tensor(
          shape: lane.colorShape,
          elements: lane.candidates.flatMap(\.parameters)),
        space: space, scores: scores)
    }
    return drawn
  }

  /// Cuts borders off and scores what is left, where the network can.
  private func crop(_ result: inout Visualization) throws(VisualizationError) {
    let lanes = ascent.lanes
    guard let first = lanes.first(where: { $0.stage.recipe.crop > 0 }) else { return }
    let sized = visualizer.sized(
      lanes.map(\.stage), parameterCounts: lanes.map { $0.candidates[0].parameters.count })
    let cropped = zip(sized, lanes).map { $0.cropped(by: $1.stage) }
    guard
      zip(cropped, lanes).allSatisfy({ sized, lane in
        sized.size.height > 0 && sized.size.width > 0
          && sized.size.channels == lane.stage.seenSize.channels
      }),
      let scorer = try? BatchFactory(visualizer, sized, first.stage).scorer(
        cropped, beside: ascent.whole)
    else {
      result.warnings.append(.cropSkipped(pixels: first.stage.recipe.crop))
      return
    }
    var pictures: [[[Float]]] = []
    for (place, lane) in lanes.enumerated() {
      let size = cropped[place].size
      let translation = Translation.centered(
        lane.stage.size, height: size.height, width: size.width)
      pictures.append(
        lane.candidates.indices.map {
          translation.applied(to: result.inputs[place].picture($0).elements)
        })
    }
    let moment = ascent.stage.lastMoment
    let values = try scorer.values(
      pictures, parameters: lanes.map { $0.candidates.map(\.parameters) }, at: moment)
    let scores = ascent.objectives(values, at: moment)
    result.scores = zip(scores, ascent.candidates).map { $1.neverFinite == nil ? $0 : .nan }
    for (place, sized) in cropped.enumerated() {
      result.inputs[place].pictures = Tensor(
        shape: [pictures[place].count, sized.size.height, sized.size.width, sized.size.channels],
        elements: pictures[place].joined().map { $0 })
    }
  }
}

extension SizedInput {
  /// The same with pictures whose border is cut off as a stage's recipe says.
  ///
  /// The network takes them as they are, or fits them to its size where the stage has a canvas.
  fileprivate func cropped(by stage: AscentStage) -> SizedInput {
    // An axis of one pixel has no border.
    func inner(_ side: Int) -> Int { side > 1 ? side - 2 * stage.recipe.crop : side }
    let inside = PictureSize(
      height: inner(size.height), width: inner(size.width), channels: size.channels)
    return SizedInput(
      input: input, size: inside, seenSize: stage.recipe.canvas == nil ? inside : seenSize,
      fit: fit,
      parameterCount: parameterCount)
  }
}
