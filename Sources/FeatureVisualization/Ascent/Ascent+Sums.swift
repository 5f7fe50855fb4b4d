// What pictures are worth.

extension Ascent {
  /// The objective of each picture.
  func objectives(_ values: [[Float]], at moment: Moment) -> [Float] {
    candidates.indices.map { sum.sum(values, $0, .objective, at: moment) }
  }

  /// What was asked for of a picture, by the last step's weights: the objective, turned round if it is to be lowered,
  /// less the priors.
  func rank(_ values: [[Float]], _ index: Int) -> Float {
    let moment = stage.lastMoment
    let sign: Float = stage.recipe.gradModifier?.reversesObjective == true ? -1 : 1
    return sign * sum.sum(values, index, .objective, at: moment)
      + sum.sum(values, index, .prior, at: moment)
  }

  /// Keeps the present parameters where nothing before was as good; coupled pictures all of one iteration.
  func keepBest(_ values: [[Float]], of pictures: [Int], at iteration: Int) {
    let ranks = candidates.indices.map { rank(values, $0) }
    let together = ranks.reduce(0, +)
    for index in pictures {
      forEachPart(index) { part, _ in
        part.keep(sum.couplesPictures ? together : ranks[index], at: iteration)
      }
    }
  }

  /// The values of all terms of pictures that the network sees without transformations.
  ///
  /// - Parameter pictures: those of each input.
  func cleanValues(_ pictures: [[[Float]]]) throws(VisualizationError) -> [[Float]] {
    var values = sum.terms.map { _ in [Float](repeating: 0, count: candidates.count) }
    let (rows, moment, views) = (whole.scoring, stage.lastMoment, stage.recipe.viewsAtOnce)
    for (row, index) in rows.pictures.enumerated() {
      for (lane, pictures) in zip(lanes, pictures) {
        try lane.candidates[index].feedClean(rows, row: row, pictures[index], lane.stage)
      }
    }
    for (row, index) in whole.pictures.enumerated() {
      forEachPart(index) { part, _ in
        whole.pictureTerms.update(
          row, input: part.input, pictures[part.input][index], parameters: part.parameters)
      }
    }
    rows.forward()
    try rows.addValues(to: &values, share: 1 / Float(views), at: moment)
    try whole.pictureTerms.addValues(to: &values, at: moment)
    return values
  }

  /// The pictures of each input that the present parameters decode to.
  func decodedPictures() -> [[[Float]]] { lanes.map { $0.candidates.map { $0.present() } } }
}
