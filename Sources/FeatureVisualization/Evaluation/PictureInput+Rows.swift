// Rows of pictures with what losses see of them.

extension PictureInput {
  /// Compiles the network for rows of pictures.
  ///
  /// - Parameters:
  ///   - pictures: the picture that each row shows.
  ///   - size: the pictures', with their opacity where they have one.
  ///   - seenSize: what the network sees.
  ///   - retained: layers that are tapped behind those of the terms, and whose gradients are kept.
  /// - Throws: `VisualizationError` where the network or a loss cannot work on them.
  func makeRows(
    _ network: NeuralNetwork, _ sum: TermSum, pictures: [Int], size: PictureSize,
    seenSize: PictureSize, parameterCount: Int = 0, retained: [LayerID] = [],
    backpropModifier: (any BackpropModifier)? = nil, arithmetic: Program.Arithmetic,
    denseWeights: Program.WeightPrecision = .float32, memory: MemoryBudget
  ) throws(VisualizationError) -> RowBatch {
    var left = memory
    func makeFeed(
      _ taps: [TapRequest], retained: [LayerID] = [], differentiates: Bool = true
    ) throws(VisualizationError) -> PictureFeed {
      let feed = try self.makeFeed(
        network, seenSize, pictures: pictures, taps: taps, retained: retained,
        differentiates: differentiates, backpropModifier: backpropModifier,
        arithmetic: arithmetic, denseWeights: denseWeights, memory: left)
      left = left.less(feed.program.memory)
      return feed
    }
    let feed = try makeFeed(sum.taps + retained.map { TapRequest($0) }, retained: retained)
    try network.validateRows(feed.program, input: input.name)
    var references: [ReferenceFeed] = []
    for (picture, taps) in sum.references {
      references.append(
        try ReferenceFeed(
          picture, taps: taps, size: size, input: self,
          feed: try makeFeed(taps, differentiates: false)))
    }
    return try RowBatch(
      pictures, sum: sum, feed: feed, references: references, specification: specification,
      own: pictureRows(pictures.count, size, parameterCount: parameterCount))
  }

  /// What makes rows of what losses see of pictures before the network.
  func pictureRows(
    _ count: Int, _ size: PictureSize, parameterCount: Int = 0
  ) -> ([LossSubject]) throws(VisualizationError) -> PictureRows {
    { subjects throws(VisualizationError) in
      try PictureRows(
        count, size, parameterCount: parameterCount, subjects: subjects,
        specification: specification)
    }
  }
}
