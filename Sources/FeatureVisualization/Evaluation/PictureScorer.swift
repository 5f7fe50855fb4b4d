/// The values of an objective's terms for pictures without transformations, and the gradients.
final class PictureScorer {
  private let sum: TermSum
  let rows: RowBatch
  private let pictureTerms: PictureBatch
  private let size: PictureSize
  private let seenSize: PictureSize
  private let fit: CanvasFit
  private var chains: [TransformationChain]

  /// - Parameters:
  ///   - rows: a row for each picture.
  ///   - size: the pictures'.
  ///   - fit: how a picture gets from its size to the network's.
  init(
    _ sum: TermSum, rows: RowBatch, pictureTerms: PictureBatch, size: PictureSize,
    seenSize: PictureSize, fit: CanvasFit
  ) {
    self.sum = sum
    self.rows = rows
    self.pictureTerms = pictureTerms
    self.size = size
    self.seenSize = seenSize
    self.fit = fit
    chains = rows.pictures.map { _ in TransformationChain() }
  }

  /// The values of each term, one for each picture.
  func values(
    _ pictures: [[Float]], parameters: [[Float]], at moment: Moment
  ) throws(VisualizationError) -> [[Float]] {
    var values = sum.terms.map { _ in [Float](repeating: 0, count: pictures.count) }
    // Nothing is drawn.
    var generator = SeededGenerator(seed: 0)
    for (index, picture) in pictures.enumerated() {
      try chains[index].draw(
        [], size, target: seenSize, fit: fit, at: moment, using: &generator)
      rows.feed(index, picture, parameters: parameters[index], &chains[index])
      pictureTerms.update(index, picture, parameters: parameters[index])
    }
    rows.forward()
    try rows.addValues(to: &values, share: 1, at: moment)
    try pictureTerms.addValues(to: &values, at: moment)
    return values
  }

  /// The gradient of the objective, priors left out, for the pictures whose values were asked for last.
  func gradients(_ pictures: [[Float]], at moment: Moment) -> [[Float]] {
    rows.addGradients(.objective, share: 1, at: moment)
    pictureTerms.addGradients(.objective, at: moment)
    rows.pullback(at: moment)
    return pictures.indices.map { index in
      var gradient = [Float](repeating: 0, count: size.count)
      rows.readGradient(index, at: pictures[index], &chains[index], addingTo: &gradient)
      pictureTerms.readGradient(index, addingTo: &gradient)
      return gradient
    }
  }
}
