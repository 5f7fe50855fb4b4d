/// The values of an objective's terms for given pictures, and the gradients.
final class PictureScorer {
  private let sum: TermSum
  private let inputs: [SizedInput]
  let rows: RowBatch
  private let pictureTerms: PictureBatch
  /// Those of each input and picture.
  private var chains: [[TransformationChain]]

  /// - Parameters:
  ///   - inputs: those that pictures go into.
  ///   - rows: a row for each picture.
  init(
    _ sum: TermSum, _ inputs: [SizedInput], rows: RowBatch, pictureTerms: PictureBatch
  ) {
    self.sum = sum
    self.inputs = inputs
    self.rows = rows
    self.pictureTerms = pictureTerms
    chains = inputs.map { _ in rows.pictures.map { _ in TransformationChain() } }
  }

  /// The values of each term, one for each picture, without transformations.
  ///
  /// - Parameters:
  ///   - pictures: those of each input.
  ///   - parameters: what they were decoded from.
  func values(
    _ pictures: [[[Float]]], parameters: [[[Float]]], at moment: Moment
  ) throws(VisualizationError) -> [[Float]] {
    // Nothing is drawn.
    var generator = SeededGenerator(seed: 0)
    return try values(
      pictures, parameters: parameters, transformedBy: [], at: moment, using: &generator)
  }

  /// The values of each term, one for each picture, as transformations drawn for it show it.
  func values(
    _ pictures: [[[Float]]], parameters: [[[Float]]], transformedBy modifiers: [any InputModifier],
    at moment: Moment, using generator: inout SeededGenerator
  ) throws(VisualizationError) -> [[Float]] {
    var values = sum.terms.map { _ in [Float](repeating: 0, count: rows.pictures.count) }
    for (place, sized) in inputs.enumerated() {
      for (index, picture) in pictures[place].enumerated() {
        try chains[place][index].draw(
          modifiers, sized.size, target: sized.seenSize, fit: sized.fit, at: moment,
          using: &generator)
        let numbers = parameters[place][index]
        rows.feed(index, input: place, picture, parameters: numbers, &chains[place][index])
        pictureTerms.update(index, input: place, picture, parameters: numbers)
      }
    }
    rows.forward()
    try rows.addValues(to: &values, share: 1, at: moment)
    try pictureTerms.addValues(to: &values, at: moment)
    return values
  }

  /// The gradient of the objective, priors left out, of the first input's pictures, whose values were asked for last.
  func gradients(_ pictures: [[Float]], at moment: Moment) -> [[Float]] {
    rows.addGradients(.objective, share: 1, at: moment)
    pictureTerms.addGradients(.objective, at: moment)
    rows.pullback(at: moment)
    return pictures.indices.map { index in
      var gradient = [Float](repeating: 0, count: inputs[0].size.count)
      rows.readGradient(index, at: pictures[index], &chains[0][index], addingTo: &gradient)
      pictureTerms.readGradient(index, addingTo: &gradient)
      return gradient
    }
  }
}
