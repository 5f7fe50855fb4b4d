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
      && (isModified || recipe.gradModifier?.part == .objective || recipe.accumulatesImportance
        || !stage.projections.isEmpty || moment.iteration == 0)
    for index in batch.pictures {
      candidates[index].clearGradients(splitsPriors: splitsPriors)
      for term in values.indices { values[term][index] = 0 }
    }
    let share = 1 / Float(recipe.views)
    for pass in 0..<recipe.views / recipe.viewsAtOnce {
      try draw(pass, at: moment)
      feed(rows)
      if isCancelled { return false }
      rows.forward()
      if isCancelled { return false }
      try rows.addValues(to: &values, share: share, at: moment)
      rows.addGradients(.objective, share: share, at: moment)
      if !splitsPriors { rows.addGradients(.prior, share: share, at: moment) }
      if moment.iteration == 0, pass == 0 { warnings += saturationWarnings(rows) }
      rows.pullback(at: moment)
      read(rows, .objective)
      guard splitsPriors, let ordinary = batch.ordinary else { continue }
      if ordinary !== rows { feed(ordinary) }
      if isCancelled { return false }
      ordinary.forward()
      ordinary.addGradients(.prior, share: share, at: moment)
      ordinary.pullback(at: moment)
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
        try candidates[index].draw(view: pass * count + place, place: place, stage, at: moment)
      }
    }
  }

  /// Calls `body` with each row's picture and its place among the views at once.
  private func forEachRow(
    _ rows: RowBatch, _ body: (_ row: Int, _ candidate: Candidate, _ place: Int) -> Void
  ) {
    let count = rows.pictures.count / stage.recipe.viewsAtOnce
    for (row, index) in rows.pictures.enumerated() { body(row, candidates[index], row / count) }
  }

  func feed(_ rows: RowBatch) {
    forEachRow(rows) { row, candidate, place in candidate.feed(rows, row: row, place: place) }
  }

  private func read(_ rows: RowBatch, _ role: Role) {
    forEachRow(rows) { row, candidate, place in
      candidate.read(rows, row: row, place: place, role)
    }
  }

  private func readPictureTerms() {
    for (row, index) in batch.pictures.enumerated() {
      let candidate = candidates[index]
      batch.pictureTerms.readGradient(row, addingTo: &candidate.gradient)
      if !candidate.directGradient.isEmpty {
        batch.pictureTerms.readParameterGradient(row, addingTo: &candidate.directGradient)
      }
    }
  }

  /// Modifies the objective's gradient, and adds those of the priors, which no modifier of it sees.
  func addPriors(at moment: Moment) {
    let modifier = stage.recipe.gradModifier
    for index in batch.pictures {
      let candidate = candidates[index]
      warnOfSilence(candidate, at: moment)
      if let modifier, modifier.part == .objective {
        candidate.modify(modifier, size: stage.size, at: moment)
        warnOfSilence(candidate, at: moment)
      }
      candidate.keepObjectiveGradient(in: stage.mapping)
      candidate.addPriorGradient()
    }
    batch.pictureTerms.addGradients(.prior, at: moment)
    readPictureTerms()
    guard let modifier, modifier.part == .whole else { return }
    for index in batch.pictures { candidates[index].modify(modifier, size: stage.size, at: moment) }
  }

  private func warnOfSilence(_ candidate: Candidate, at moment: Moment) {
    guard candidate.isSilent() else { return }
    warnings.append(.zeroGradient(picture: candidate.index, iteration: moment.iteration))
  }
}
