/// An optimised input with the sizes of its pictures.
struct SizedInput {
  let input: PictureInput
  /// The pictures', with their opacity where they have one.
  let size: PictureSize
  /// What the network sees.
  let seenSize: PictureSize
  /// How a picture gets from its size to what the network sees.
  let fit: CanvasFit
  /// The numbers that a picture is decoded from; 0 where it is given.
  var parameterCount = 0

  /// The input's name.
  var name: String { input.input.name }

  /// The shape of the input for so many pictures.
  func inputShape(count: Int) -> [Int] { input.form.inputShape(seenSize, count: count) }
}

extension [SizedInput] {
  /// Makes rows of what losses see of pictures before the network.
  ///
  /// - Throws: `VisualizationError` for a pixel space of other channels.
  func pictureRows(
    _ count: Int, _ subjects: [LossSubject]
  ) throws(VisualizationError) -> PictureRowsByInput {
    try PictureRowsByInput(self, count, subjects)
  }

  /// Whether layers can be computed from pictures of these sizes.
  func canTake(count: Int, layers: [LayerID], in network: NeuralNetwork) -> Bool {
    var shapes = self[0].input.held.rows([Int](0..<count)).mapValues(\.shape)
    for sized in self { shapes[sized.name] = sized.inputShape(count: count) }
    let program = try? Program(network, inputShapes: shapes, taps: layers)
    return program?.taps.allSatisfy { $0.wholeShape.first == count } == true
  }

  /// Compiles the network for rows of pictures with what losses see of them.
  ///
  /// - Parameters:
  ///   - pictures: the picture that each row shows.
  ///   - retained: layers that are tapped behind those of the terms, and whose gradients are kept.
  /// - Throws: `VisualizationError` where the network or a loss cannot work on them.
  func makeRows(
    _ network: NeuralNetwork, _ sum: TermSum, pictures: [Int], retained: [LayerID] = [],
    backpropModifier: (any BackpropModifier)? = nil, arithmetic: Program.Arithmetic,
    denseWeights: Program.WeightPrecision = .float32, memory: MemoryBudget
  ) throws(VisualizationError) -> RowBatch {
    var left = memory
    func makeFeed(
      _ taps: [TapRequest], retained: [LayerID] = [], differentiates: Bool = true
    ) throws(VisualizationError) -> PictureFeed {
      let feed = try PictureFeed(
        network, self, pictures: pictures, taps: taps, retained: retained,
        differentiates: differentiates, backpropModifier: backpropModifier,
        arithmetic: arithmetic, denseWeights: denseWeights, memory: left)
      left = left.less(feed.program.memory)
      return feed
    }
    let feed = try makeFeed(sum.taps + retained.map { TapRequest($0) }, retained: retained)
    try network.validateRows(feed.program, inputs: map(\.name))
    var references: [ReferenceFeed] = []
    for (picture, taps) in sum.references {
      guard count == 1 else {
        throw .incompatible(
          "a reference picture", "several inputs", reason: "it is one input's: hold the others")
      }
      references.append(
        try ReferenceFeed(
          picture, taps: taps, self[0],
          feed: try makeFeed(taps, differentiates: false)))
    }
    return try RowBatch(self, pictures, sum: sum, feed: feed, references: references)
  }
}
