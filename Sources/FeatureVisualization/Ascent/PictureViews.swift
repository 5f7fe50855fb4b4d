/// How one picture is shown to the network: the draws of each of its views, with the transformations of those at once.
struct PictureViews {
  /// A stream for each view: the first is the picture's own, so that a single view draws what it always does.
  private var generators: [SeededGenerator]
  /// The transformations of the views that go through the network at once.
  private var chains: [TransformationChain]

  /// - Parameter generator: the picture's own stream, after its start is drawn.
  init(_ recipe: Preset, generator: SeededGenerator, seed: UInt64) {
    generators =
      [generator]
      + (1..<max(recipe.views, 1)).map { view in
        SeededGenerator(seed: seed &+ UInt64(view) &* 0xD1B5_4A32_D192_ED03)
      }
    chains = Array(repeating: TransformationChain(), count: recipe.viewsAtOnce)
  }

  /// Draws anew how a view shows the picture.
  ///
  /// - Parameter place: its place among the views at once.
  mutating func draw(
    view: Int, place: Int, _ stage: AscentStage, at moment: Moment
  ) throws(VisualizationError) {
    try chains[place].draw(
      stage.recipe.inputModifiers, stage.size, target: stage.seenSize, fit: stage.fit, at: moment,
      using: &generators[view])
  }

  /// Shows the picture without transformations, other than what makes it as large as the network's input.
  mutating func drawNothing(_ stage: AscentStage) throws(VisualizationError) {
    try chains[0].draw(
      [], stage.size, target: stage.seenSize, fit: stage.fit, at: stage.lastMoment,
      using: &generators[0])
  }

  /// Feeds a view to a row of a batch.
  mutating func feed(
    _ batch: RowBatch, row: Int, input: Int, place: Int, _ picture: [Float], parameters: [Float]
  ) {
    batch.feed(row, input: input, picture, parameters: parameters, &chains[place])
  }

  /// Adds what a row's gradient amounts to, to a gradient of the picture.
  mutating func read(
    _ batch: RowBatch, row: Int, input: Int, place: Int, at picture: [Float],
    addingTo gradient: inout [Float]
  ) {
    batch.readGradient(row, input: input, at: picture, &chains[place], addingTo: &gradient)
  }
}
