/// Rows that go through the network together: each is one view of one picture.
///
/// Views, references, noisy samples and crops to be scored are all rows.
final class RowBatch {
  /// The picture that each row shows, by its place in the values.
  let pictures: [Int]
  let feed: PictureFeed
  private let references: [ReferenceFeed]
  /// What the network sees, for each optimised input.
  private let seen: [SeenPictures]
  /// What terms that look at both see of the pictures before the network.
  private let own: PictureRowsByInput
  private let terms: BoundTerms

  /// - Parameter inputs: those that pictures go into.
  /// - Parameter pictures: the picture that each row shows.
  /// - Parameter sum: the terms, whose losses are those of these rows.
  /// - Throws: `VisualizationError` where a loss cannot work on the shapes.
  init(
    _ inputs: [SizedInput], _ pictures: [Int], sum: TermSum, feed: PictureFeed,
    references: [ReferenceFeed]
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
    let own = try inputs.pictureRows(pictures.count, Array(subjects))
    self.own = own
    var seen: [SeenPictures] = []
    for (place, sized) in inputs.enumerated() {
      seen.append(
        try SeenPictures(
          sized, count: pictures.count,
          subjects: sum.subjects.filter { $0.input.map { $0 == sized.name } ?? (place == 0) }))
    }
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
        case .seenPicture(let space):
          (subject.input.map { name in inputs.firstIndex { $0.name == name } } ?? 0)
            .flatMap { [seen] in seen[$0].part(in: space) }
        case .picture, .opacity, .parameters: own.part(of: subject)
        }
      guard let part else { throw .subjectNotThere("\(subject)") }
      return part
    }
  }

  /// The bytes that the network's runs take.
  var memory: Int {
    references.reduce(feed.program.memory) { $0.addingClamped($1.memory) }
  }

  /// Whether there are terms of a role that look at what the network sees.
  func contains(_ role: Role) -> Bool { terms.contains(role) }

  /// Feeds a picture of an input as a chain of transformations shows it, and the references alike.
  ///
  /// - Parameter parameters: what the picture was decoded from.
  func feed(
    _ row: Int, input: Int = 0, _ picture: [Float], parameters: [Float],
    _ chain: inout TransformationChain
  ) {
    seen[input].feed(row, picture, &chain, to: feed, input: input)
    own[input].update(row, picture.span, parameters: parameters.span)
    for reference in references { reference.feed(row, &chain) }
  }

  /// Computes what the terms look at.
  ///
  /// - Parameter isWanted: asked before each layer.
  /// - Returns: whether it is computed: not where that is no longer wanted.
  @discardableResult
  func forward(while isWanted: () -> Bool = { true }) -> Bool {
    for reference in references {
      guard reference.forward(while: isWanted) else { return false }
    }
    return feed.forward(while: isWanted)
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
  ///
  /// - Parameter isWanted: asked before each layer.
  /// - Returns: whether that is done: not where it is no longer wanted.
  @discardableResult
  func pullback(at moment: Moment, while isWanted: () -> Bool = { true }) -> Bool {
    feed.pullback(at: moment, while: isWanted)
  }

  /// Adds what a row's gradient amounts to, to that of the picture of an input that it shows.
  func readGradient(
    _ row: Int, input: Int = 0, at picture: [Float], _ chain: inout TransformationChain,
    addingTo gradient: inout [Float]
  ) {
    seen[input].readGradient(
      row, at: picture, &chain, from: feed, input: input, addingTo: &gradient)
    own[input].drainGradient(ofRow: row, into: &gradient)
  }

  /// Adds what terms have against the parameters, besides against the picture, to their gradient.
  func readParameterGradient(_ row: Int, input: Int = 0, addingTo gradient: inout [Float]) {
    var span = gradient.mutableSpan
    own[input].drainParameterGradient(ofRow: row, into: &span)
  }
}
