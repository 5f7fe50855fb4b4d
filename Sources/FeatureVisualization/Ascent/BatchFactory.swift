/// Compiles the network for batches of a stage.
struct BatchFactory {
  private let visualizer: Visualizer
  private let inputs: [SizedInput]
  private let stage: AscentStage
  /// How many views of each picture go through the network at once.
  var viewsAtOnce: Int { stage.recipe.viewsAtOnce }

  /// - Parameters:
  ///   - inputs: those that are optimised, with the sizes of the stage.
  ///   - stage: the first input's, whose recipe says what concerns all.
  init(_ visualizer: Visualizer, _ inputs: [SizedInput], _ stage: AscentStage) {
    self.visualizer = visualizer
    self.inputs = inputs
    self.stage = stage
  }

  /// The memory that the run may take, less that of the pictures.
  private var budget: MemoryBudget {
    inputs.reduce(MemoryBudget(stage.recipe.memoryLimit)) { budget, sized in
      budget.less(MemoryBudget.ofPictures(visualizer.seeds.count, sized.size))
    }
  }

  /// The batch of all pictures with as many views at once as there is memory for, and the factory that made it.
  ///
  /// - Throws: what `make` does of one view at once.
  static func largest(
    _ visualizer: Visualizer, _ inputs: [SizedInput], _ stage: AscentStage
  ) throws(VisualizationError) -> (BatchFactory, StepBatch) {
    let pictures = Array(visualizer.seeds.indices)
    // The last is one view at once.
    let counts = visualizer.canRepeatPictures ? stage.viewCountsAtOnce : [1]
    for count in counts.dropLast() {
      let factory = BatchFactory(visualizer, inputs, stage.showing(count))
      // Whatever is wrong is told of one view.
      if let batch = try? factory.make(pictures, beside: 0) { return (factory, batch) }
    }
    let factory = BatchFactory(visualizer, inputs, stage.showing(1))
    return (factory, try factory.make(pictures, beside: 0))
  }

  /// A batch of pictures.
  ///
  /// - Parameter taken: the bytes that other programs of the run take.
  /// - Throws: `VisualizationError` where the network cannot be compiled for it, or a loss cannot work on it.
  func make(_ pictures: [Int], beside taken: Int) throws(VisualizationError) -> StepBatch {
    let recipe = stage.recipe
    let rows = (0..<viewsAtOnce).flatMap { _ in pictures }
    let sum = try sum(of: pictures)
    let rowSum = viewsAtOnce == 1 ? sum : try selecting(rows)
    let moments = (0..<recipe.iterations).map(stage.moment)
    let modifier = recipe.backpropModifier
    let isModified =
      modifier.map { modifier in moments.contains(where: modifier.isActive) } ?? false
    let isOrdinary =
      !isModified || moments.contains { modifier?.isActive(at: $0) == false }
      || rowSum.terms.contains { term in
        term.role == .prior && term.loss.subjects.contains(where: \.isRow)
      }
    var budget = budget.less(taken)
    var ordinary: RowBatch?
    if isOrdinary {
      ordinary = try makeRows(rows, rowSum, modifier: nil, budget)
      budget = budget.less(ordinary?.feed.program.memory ?? 0)
    }
    return StepBatch(
      pictures: pictures,
      pictureTerms: try PictureBatch(inputs, pictures, sum: sum),
      ordinary: ordinary,
      modified: isModified ? try makeRows(rows, rowSum, modifier: modifier, budget) : nil)
  }

  /// A batch of the pictures that are left of a larger one; `nil` where a loss belongs to the whole batch, or where there is
  /// no memory for one beside the whole batch's.
  func makeSmaller(_ pictures: [Int], beside whole: StepBatch) -> StepBatch? {
    guard visualizer.sum.selecting(pictures) != nil else { return nil }
    return try? make(pictures, beside: whole.memory)
  }

  private func sum(of pictures: [Int]) throws(VisualizationError) -> TermSum {
    pictures.count < visualizer.seeds.count ? try selecting(pictures) : visualizer.sum
  }

  /// The sum of the terms of some pictures, each as often as it is named.
  private func selecting(_ pictures: [Int]) throws(VisualizationError) -> TermSum {
    guard let sum = visualizer.sum.selecting(pictures) else {
      throw .invalidArgument("losses", "a loss belongs to the whole batch")
    }
    return sum
  }

  private func makeRows(
    _ rows: [Int], _ sum: TermSum, modifier: (any BackpropModifier)?, _ budget: MemoryBudget,
    of inputs: [SizedInput]? = nil
  ) throws(VisualizationError) -> RowBatch {
    try (inputs ?? self.inputs).makeRows(
      visualizer.network, sum, pictures: rows, backpropModifier: modifier,
      arithmetic: stage.recipe.arithmetic, denseWeights: stage.recipe.denseWeights, memory: budget)
  }

  /// What scores pictures of other sizes, such as cropped ones.
  ///
  /// - Parameter cropped: the inputs with their pictures' sizes, and what the network sees of them.
  func scorer(_ cropped: [SizedInput], beside whole: StepBatch) throws(VisualizationError)
    -> PictureScorer
  {
    PictureScorer(
      visualizer.sum, cropped,
      rows: try makeRows(
        whole.pictures, visualizer.sum, modifier: nil, budget.less(whole.memory), of: cropped),
      pictureTerms: try PictureBatch(cropped, whole.pictures, sum: visualizer.sum))
  }
}

extension Visualizer {
  /// Whether several rows of a batch can show one picture: not where a loss belongs to the whole batch.
  fileprivate var canRepeatPictures: Bool {
    !sum.couplesPictures && sum.selecting(seeds.indices.flatMap { [$0, $0] }) != nil
  }
}
