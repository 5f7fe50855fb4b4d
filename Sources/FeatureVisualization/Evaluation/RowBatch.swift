/// Rows that go through the network together: each is one view of one picture.
///
/// Views, references, noisy samples and crops to be scored are all rows.
final class RowBatch {
  /// The picture that each row shows, by its place in the values.
  let pictures: [Int]
  let feed: PictureFeed
  private let references: [ReferenceFeed]
  private let seen: PixelRows
  /// What terms that look at both see of the pictures before the network.
  private let own: PictureRows
  private let terms: BoundTerms
  private var seenPicture: [Float]
  private var seenGradient: [Float]

  /// - Parameter pictures: the picture that each row shows.
  /// - Parameter sum: the terms, whose losses are those of these rows.
  /// - Parameter own: makes what losses see of the pictures before the network, a row for each row.
  /// - Throws: `VisualizationError` where a loss cannot work on the shapes.
  init(
    _ pictures: [Int], sum: TermSum, feed: PictureFeed, references: [ReferenceFeed],
    specification: InputSpecification,
    own: ([LossSubject]) throws(VisualizationError) -> PictureRows
  ) throws(VisualizationError) {
    self.pictures = pictures
    self.feed = feed
    self.references = references
    for tap in feed.program.taps where tap.wholeShape.first != pictures.count {
      throw .rowsAreNoPictures(
        layer: tap.layer, shape: tap.wholeShape, pictures: pictures.count)
    }
    let taps = sum.taps
    let subjects = sum.terms.map(\.loss.subjects).filter { $0.contains(where: \.isRow) }.joined()
    let own = try own(Array(subjects))
    self.own = own
    let spaces = sum.subjects.compactMap { subject in
      if case .seenPicture(let space) = subject.source { space } else { nil }
    }
    let seen = try PixelRows(
      pictures.count, feed.size, spaces: spaces, specification: specification)
    self.seen = seen
    terms = try BoundTerms(sum, count: pictures.count) { term in
      term.loss.subjects.contains(where: \.isRow)
    } part: { subject throws(VisualizationError) in
      let part: TappedPart? =
        switch subject.source {
        case .layer(let layer):
          taps.firstIndex { $0.layer == layer }.map { feed.part(ofTap: $0) }
        case .reference(let picture, let layer):
          references.first { $0.picture == picture }?.part(of: layer)
        case .seenPicture(let space): seen.part(in: space)
        case .picture, .opacity, .parameters: own.part(of: subject)
        }
      guard let part else { throw .subjectNotThere("\(subject)") }
      return part
    }
    seenPicture = Array(repeating: 0, count: feed.size.count)
    seenGradient = seenPicture
  }

  /// Whether there are terms of a role that look at what the network sees.
  func contains(_ role: Role) -> Bool { terms.contains(role) }

  /// Feeds a picture as a chain of transformations shows it, and the references alike.
  ///
  /// - Parameter parameters: what the picture was decoded from.
  func feed(
    _ row: Int, _ picture: [Float], parameters: [Float], _ chain: inout TransformationChain
  ) {
    seenPicture.withMutableSpan { chain.apply(picture.span, into: &$0) }
    feed.feed(seenPicture, index: row)
    let shown = seenPicture
    seen.update(row, shown.span)
    own.update(row, picture.span, parameters: parameters.span)
    for reference in references { reference.feed(row, &chain) }
  }

  /// Computes what the terms look at.
  func forward() {
    for reference in references { reference.forward() }
    feed.forward()
  }

  /// Adds a share of the values of each term to those of the pictures that the rows show.
  func addValues(
    to values: inout [[Float]], share: Float, at moment: Moment
  ) throws(VisualizationError) {
    try terms.addValues(to: &values, pictures: pictures, share: share, at: moment)
  }

  /// Adds the gradients of what is raised to the layers and the pictures looked at.
  func addGradients(_ role: Role, share: Float, at moment: Moment) {
    terms.addGradients(role, share: share, at: moment)
  }

  /// Pulls what has been added to the layers' gradients back to the pictures that the network saw.
  func pullback(at moment: Moment) { feed.pullback(at: moment) }

  /// Adds what a row's gradient amounts to, to that of the picture that it shows.
  func readGradient(
    _ row: Int, at picture: [Float], _ chain: inout TransformationChain,
    addingTo gradient: inout [Float]
  ) {
    feed.readGradient(&seenGradient, index: row)
    seen.drainGradient(ofRow: row, into: &seenGradient)
    let above = seenGradient
    var span = gradient.mutableSpan
    chain.pullback(above.span, at: picture.span, addingTo: &span)
    own.drainGradient(ofRow: row, into: &gradient)
  }

  /// Adds what terms have against the parameters, besides against the picture, to their gradient.
  func readParameterGradient(_ row: Int, addingTo gradient: inout [Float]) {
    var span = gradient.mutableSpan
    own.drainParameterGradient(ofRow: row, into: &span)
  }
}
