/// The pictures of one input on their way to the network: transformed, fed, and looked at as the network sees them.
final class SeenPictures {
  private let rows: PixelRows
  /// The picture as the network sees it, and its gradient.
  private var picture: [Float]
  private var gradient: [Float]

  /// - Throws: `VisualizationError` for a pixel space of other channels.
  init(_ sized: SizedInput, count: Int, subjects: [LossSubject]) throws(VisualizationError) {
    let spaces = subjects.compactMap { subject in
      if case .seenPicture(let space) = subject.source { space } else { nil }
    }
    rows = try PixelRows(
      count, sized.seenSize, spaces: spaces, specification: sized.input.specification)
    picture = Array(repeating: 0, count: sized.seenSize.count)
    gradient = picture
  }

  /// What losses look at in a pixel space.
  func part(in space: PixelSpace) -> TappedPart? { rows.part(in: space) }

  /// Feeds a picture as a chain of transformations shows it.
  func feed(
    _ row: Int, _ shown: [Float], _ chain: inout TransformationChain, to feed: PictureFeed,
    input: Int
  ) {
    picture.withMutableSpan { chain.apply(shown.span, into: &$0) }
    feed.feed(picture, index: row, input: input)
    let seen = picture
    rows.update(row, seen.span)
  }

  /// Adds what a row's gradient amounts to, to that of the picture that it shows.
  func readGradient(
    _ row: Int, at shown: [Float], _ chain: inout TransformationChain, from feed: PictureFeed,
    input: Int, addingTo result: inout [Float]
  ) {
    feed.readGradient(&gradient, index: row, input: input)
    rows.drainGradient(ofRow: row, into: &gradient)
    let above = gradient
    var span = result.mutableSpan
    chain.pullback(above.span, at: shown.span, addingTo: &span)
  }
}
