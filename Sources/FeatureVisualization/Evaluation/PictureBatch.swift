/// The terms that look at pictures alone, which no network and no transformation stands before.
final class PictureBatch {
  /// The pictures, by their place in the values.
  private let pictures: [Int]
  private let rows: PictureRowsByInput
  private let terms: BoundTerms

  /// - Parameter sum: the terms, whose losses are those of these pictures.
  /// - Parameter inputs: those that the pictures are of.
  /// - Throws: `VisualizationError` where a loss cannot work on the shapes.
  init(
    _ inputs: [SizedInput], _ pictures: [Int], sum: TermSum
  ) throws(VisualizationError) {
    self.pictures = pictures
    let subjects = sum.terms.map(\.loss.subjects).filter { !$0.contains(where: \.isRow) }.joined()
    let rows = try inputs.pictureRows(pictures.count, Array(subjects))
    self.rows = rows
    terms = try BoundTerms(sum, count: pictures.count) { term in
      !term.loss.subjects.contains(where: \.isRow)
    } part: { subject throws(VisualizationError) in
      guard let part = rows.part(of: subject) else {
        throw .subjectNotThere("\(subject)")
      }
      return part
    }
  }

  /// Takes a picture of an input and what it was decoded from.
  func update(_ row: Int, input: Int = 0, _ picture: [Float], parameters: [Float]) {
    rows[input].update(row, picture.span, parameters: parameters.span)
  }

  /// Adds the values of each term to those of the pictures.
  func addValues(to values: inout [[Float]], at moment: Moment) throws(VisualizationError) {
    try terms.addValues(to: &values, pictures: pictures, share: 1, at: moment)
  }

  /// Adds the gradients of what is raised to what the terms look at.
  func addGradients(_ role: Role, at moment: Moment) {
    terms.addGradients(role, share: 1, at: moment)
  }

  /// Adds what terms have against a picture to its gradient.
  func readGradient(_ row: Int, input: Int = 0, addingTo gradient: inout [Float]) {
    rows[input].drainGradient(ofRow: row, into: &gradient)
  }

  /// Adds what terms have against the parameters, besides against the picture, to their gradient.
  func readParameterGradient(_ row: Int, input: Int = 0, addingTo gradient: inout [Float]) {
    var span = gradient.mutableSpan
    rows[input].drainParameterGradient(ofRow: row, into: &span)
  }
}
