// How a step comes by its gradients.

extension Ascent {
  /// Writes the gradient of the objective, and of priors that look at layers, over all views of the pictures.
  ///
  /// - Returns: whether it is whole: not where the run was cancelled before the end of a pass through the network.
  func differentiate(at moment: Moment) throws(VisualizationError) -> Bool {
    let recipe = stage.recipe
    let isModified = batch.modified != nil && recipe.backpropModifier?.isActive(at: moment) == true
    guard let rows = isModified ? batch.modified : batch.ordinary else {
      preconditionFailure("no rows for iteration \(moment.iteration)")
    }
    // One pullback carries both where nobody wants the objective's gradient for itself.
    let splitsPriors =
      rows.contains(.prior)
      && (isModified || recipe.accumulatesImportance || moment.iteration == 0
        || lanes.contains {
          $0.stage.recipe.gradModifier?.part == .objective || !$0.stage.projections.isEmpty
        })
    for index in batch.pictures {
      forEachPart(index) { part, _ in part.clearGradients(splitsPriors: splitsPriors) }
      for term in values.indices { values[term][index] = 0 }
    }
    let share = 1 / Float(recipe.views)
    for pass in 0..<recipe.views / recipe.viewsAtOnce {
      try draw(pass, at: moment)
      feed(rows)
      guard rows.forward(while: isWanted) else { return false }
      try rows.addValues(to: &values, share: share, at: moment)
      rows.addGradients(.objective, share: share, at: moment)
      if !splitsPriors { rows.addGradients(.prior, share: share, at: moment) }
      if moment.iteration == 0, pass == 0 { warnings += saturationWarnings(rows) }
      guard rows.pullback(at: moment, while: isWanted) else { return false }
      read(rows, .objective)
      guard splitsPriors, let ordinary = batch.ordinary else { continue }
      if ordinary !== rows { feed(ordinary) }
      guard ordinary.forward(while: isWanted) else { return false }
      ordinary.addGradients(.prior, share: share, at: moment)
      guard ordinary.pullback(at: moment, while: isWanted) else { return false }
      read(ordinary, .prior)
    }
    try batch.pictureTerms.addValues(to: &values, at: moment)
    batch.pictureTerms.addGradients(.objective, at: moment)
    readPictureTerms()
    return true
  }

  /// Draws how the views of a pass show each picture.
  private func draw(_ pass: Int, at moment: Moment) throws(VisualizationError) {
    let count = stage.recipe.viewsAtOnce
    for place in 0..<count {
      for index in batch.pictures {
        for lane in lanes {
          try lane.candidates[index].draw(
            view: pass * count + place, place: place, lane.stage, at: moment)
        }
      }
    }
  }

  /// Calls `body` with the parts of each row's picture and its place among the views at once.
  private func forEachRow(
    _ rows: RowBatch, _ body: (_ row: Int, _ part: Candidate, _ place: Int) -> Void
  ) {
    let count = rows.pictures.count / stage.recipe.viewsAtOnce
    for (row, index) in rows.pictures.enumerated() {
      forEachPart(index) { part, _ in body(row, part, row / count) }
    }
  }

  func feed(_ rows: RowBatch) {
    forEachRow(rows) { row, part, place in part.feed(rows, row: row, place: place) }
  }

  private func read(_ rows: RowBatch, _ role: Role) {
    forEachRow(rows) { row, part, place in part.read(rows, row: row, place: place, role) }
  }

  private func readPictureTerms() {
    for (row, index) in batch.pictures.enumerated() {
      forEachPart(index) { part, _ in
        batch.pictureTerms.readGradient(row, input: part.input, addingTo: &part.gradient)
        if !part.directGradient.isEmpty {
          batch.pictureTerms.readParameterGradient(
            row, input: part.input, addingTo: &part.directGradient)
        }
      }
    }
  }

  /// Modifies the objective's gradient, and adds those of the priors, which no modifier of it sees.
  func addPriors(at moment: Moment) {
    for index in batch.pictures {
      warnOfSilence(index, at: moment)
      var isModified = false
      forEachPart(index) { part, lane in
        guard let modifier = lane.stage.recipe.gradModifier, modifier.part == .objective else {
          return
        }
        part.modify(modifier, size: lane.stage.size, at: moment)
        isModified = true
      }
      if isModified { warnOfSilence(index, at: moment) }
      forEachPart(index) { part, lane in
        part.keepObjectiveGradient(in: lane.stage.mapping)
        part.addPriorGradient()
      }
    }
    batch.pictureTerms.addGradients(.prior, at: moment)
    readPictureTerms()
    for index in batch.pictures {
      forEachPart(index) { part, lane in
        guard let modifier = lane.stage.recipe.gradModifier, modifier.part == .whole else { return }
        part.modify(modifier, size: lane.stage.size, at: moment)
      }
    }
  }

  private func warnOfSilence(_ index: Int, at moment: Moment) {
    let candidate = candidates[index]
    guard !candidate.isWarned, !candidate.isStopped,
      lanes.allSatisfy({ $0.candidates[index].isSilent })
    else { return }
    candidate.noteWarning()
    warnings.append(.zeroGradient(picture: index, iteration: moment.iteration))
  }
}
