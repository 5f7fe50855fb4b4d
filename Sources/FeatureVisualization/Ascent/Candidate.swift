/// What becomes of one input's part of a picture, independent of other pictures but for parameters that all have in
/// common.
final class Candidate {
  /// The number of the picture.
  let index: Int
  /// The place of its input among those that are optimised.
  let input: Int
  private let decoder: any PictureDecoder
  private(set) var parameters: [Float]
  /// The picture that the parameters decode to.
  private(set) var picture: [Float]
  /// The gradient of the objective with respect to the picture, later less that of the priors.
  var gradient: [Float]
  /// That of priors that look at layers, where it comes apart; empty until then.
  var priorGradient: [Float] = []
  /// What terms have against the parameters directly; empty where none looks at them.
  var directGradient: [Float]
  /// Σ |∂objective/∂picture| over the steps; empty where nobody asks.
  private(set) var importance: [Float]
  /// The gradient of the parameters.
  private(set) var parameterGradient: [Float]
  /// The gradient of the objective alone, in the scale of the pixels; empty where no projection asks.
  private var projectionGradient: [Float]
  /// The parameters of the start; empty where no projection asks.
  private let start: [Float]
  private var optimizer: any OptimizerState
  private var views: PictureViews
  /// The sum of squares of the gradient of the picture's own parameters.
  private var squares = 0.0

  /// The best parameters so far, where each step shows the network the picture as it is.
  private(set) var best: Best?
  /// The last parameters for which everything was finite.
  private var finite: [Float]
  private(set) var isStopped = false
  /// Whether the reason why the picture does not change is told already.
  private(set) var isWarned = false
  private var progress = StoppingCriterion.Memory()
  /// The iteration at which the picture was done.
  private(set) var convergedAt: Int?
  /// Why nothing was finite at the first iteration already.
  private(set) var neverFinite: String?

  struct Best {
    var parameters: [Float]
    /// What was asked for: the objective, turned round if it is to be lowered, less the weighted priors.
    let sum: Float
    let iteration: Int
  }

  /// - Parameter given: where to start; the decoder's own start unless given.
  /// - Parameter readsParameters: whether a term looks at the parameters.
  /// - Throws: `VisualizationError.brokenRule` for a decoder that breaks a rule.
  init(
    _ index: Int, input: Int, decoder: any PictureDecoder, _ stage: AscentStage, seed: UInt64,
    parameters given: [Float]?, readsParameters: Bool
  ) throws(VisualizationError) {
    let recipe = stage.recipe
    self.index = index
    self.input = input
    self.decoder = decoder
    try decoder.validateCount()
    var generator = SeededGenerator(seed: seed)
    let parameters = given ?? decoder.initialParameters(using: &generator)
    if index == 0 || parameters.count != decoder.parameterCount {
      try decoder.validate(parameters, of: recipe.parameterization, size: stage.size)
    }
    self.parameters = parameters
    finite = parameters
    start = stage.projections.isEmpty ? [] : parameters
    optimizer = recipe.optimizer.start(
      parameterCount: decoder.parameterCount - decoder.sharedParameterCount)
    views = PictureViews(recipe, generator: generator, seed: seed)
    picture = Array(repeating: 0, count: stage.size.count)
    gradient = picture
    directGradient = readsParameters ? Array(repeating: 0, count: parameters.count) : []
    importance = recipe.accumulatesImportance ? picture : []
    projectionGradient = stage.projections.isEmpty ? [] : picture
    parameterGradient = Array(repeating: 0, count: parameters.count)
  }

  /// Takes the parameters that all pictures have in common from another one.
  func takeShared(of other: Candidate) {
    parameters.replaceSubrange(ownCount..., with: other.parameters[other.ownCount...])
    finite = parameters
  }

  // MARK: Before the network

  /// Decodes the present parameters.
  func decode() {
    let parameters = parameters
    picture.withMutableSpan { decoder.decode(parameters.span, into: &$0) }
  }

  /// The picture of the present parameters.
  func present() -> [Float] {
    decode()
    return picture
  }

  /// Draws anew how a view shows the picture.
  func draw(
    view: Int, place: Int, _ stage: AscentStage, at moment: Moment
  ) throws(VisualizationError) {
    try views.draw(view: view, place: place, stage, at: moment)
  }

  /// Feeds a view to the rows of a batch.
  func feed(_ batch: RowBatch, row: Int, place: Int) {
    views.feed(batch, row: row, input: input, place: place, picture, parameters: parameters)
  }

  /// Feeds a picture to the rows of a batch without transformations.
  func feedClean(
    _ batch: RowBatch, row: Int, _ picture: [Float], _ stage: AscentStage
  ) throws(VisualizationError) {
    try views.drawNothing(stage)
    views.feed(batch, row: row, input: input, place: 0, picture, parameters: parameters)
  }

  /// Adds what a row's gradient amounts to, to the objective's or to the priors'.
  func read(_ batch: RowBatch, row: Int, place: Int, _ role: Role) {
    if role == .objective {
      views.read(batch, row: row, input: input, place: place, at: picture, addingTo: &gradient)
    } else {
      views.read(batch, row: row, input: input, place: place, at: picture, addingTo: &priorGradient)
    }
    if !directGradient.isEmpty {
      batch.readParameterGradient(row, input: input, addingTo: &directGradient)
    }
  }

  // MARK: The gradient

  /// Starts the gradients of a step from 0.
  func clearGradients(splitsPriors: Bool) {
    Self.clear(&gradient)
    Self.clear(&directGradient)
    if splitsPriors, priorGradient.isEmpty {
      priorGradient = Array(repeating: 0, count: gradient.count)
    }
    Self.clear(&priorGradient)
  }

  private static func clear(_ numbers: inout [Float]) {
    numbers.withMutableSpan { $0.update(repeating: 0) }
  }

  /// Whether the gradient is 0 everywhere.
  var isSilent: Bool { gradient.allSatisfy { $0 == 0 } }

  /// Notes that it is told why the picture does not change.
  func noteWarning() { isWarned = true }

  /// Changes the gradient, or a part of it, as a modifier says.
  func modify(_ modifier: any GradModifier, size: PictureSize, at moment: Moment) {
    let picture = picture
    gradient.withMutableSpan {
      modifier.modify(&$0, at: GradientContext(picture: picture.span, size: size, moment: moment))
    }
  }

  /// Keeps what is asked for of the objective's gradient before that of the priors is added.
  func keepObjectiveGradient(in mapping: PixelMapping?) {
    for index in importance.indices { importance[index] += abs(gradient[index]) }
    guard !projectionGradient.isEmpty, let mapping else { return }
    mapping.pullBackInverse(gradient, &projectionGradient, count: gradient.count)
  }

  /// Adds the gradient of priors that look at layers.
  func addPriorGradient() {
    guard !priorGradient.isEmpty else { return }
    let prior = priorGradient
    gradient.withMutableSpan { Elements.add(prior.span, to: &$0) }
  }

  /// Pulls the gradient back to the parameters.
  func pullBackToParameters() {
    let (gradient, parameters, picture) = (gradient, parameters, picture)
    let direct = directGradient
    parameterGradient.withMutableSpan {
      decoder.pullback(gradient.span, at: parameters.span, picture: picture.span, into: &$0)
      if !direct.isEmpty { Elements.add(direct.span, to: &$0) }
    }
  }

  // MARK: The step

  /// The numbers that are the picture's own.
  var ownCount: Int { parameters.count - decoder.sharedParameterCount }

  /// Whether the gradient of the parameters is finite; to be asked before a step.
  var hasFiniteGradient: Bool {
    squares = ownSquares(ownCount)
    return squares.isFinite
  }

  /// Takes a step along the gradient of the parameters.
  ///
  /// - Parameter shared: what the pictures have in common, whose step is taken already.
  /// - Returns: whether the parameters are finite.
  /// - Precondition: `hasFiniteGradient` has been asked, and holds.
  func step(
    _ stage: AscentStage, at point: OptimizationPoint, shared: SharedParameters?
  ) -> Bool {
    let count = ownCount
    keepFinite()
    // What is raised goes up where its negative, the loss, goes down.
    let length = stage.recipe.normalizesGradient ? max(squares, 1e-12).squareRoot() : 1
    parameterGradient.withMutableSpan { gradient in
      gradient.withPrefix(count) { gradient in
        Elements.scale(&gradient, by: Float(-1 / length))
        parameters.withMutableSpan { numbers in
          numbers.withPrefix(count) { optimizer.step(&$0, gradient: gradient.span, at: point) }
        }
      }
    }
    let (objectiveGradient, start) = (projectionGradient, start)
    return parameters.withMutableSpan { numbers in
      shared?.write(into: &numbers, from: count)
      let step = CompletedStep(
        moment: point.moment, size: stage.size, gradient: objectiveGradient.span,
        start: start.span)
      for projection in stage.projections { projection.project(&numbers, after: step) }
      return Elements.areFinite(numbers.span)
    }
  }

  /// The sum of squares of the gradient of the picture's own parameters.
  private func ownSquares(_ count: Int) -> Double {
    parameterGradient.withMutableSpan { gradient in
      gradient.withPrefix(count) { Elements.sumOfSquares($0.span) }
    }
  }

  private func keepFinite() {
    let present = parameters
    finite.withMutableSpan { Elements.copy(present.span, into: &$0) }
  }

  // MARK: What is kept

  /// Keeps the present parameters if no sum before was as high.
  func keep(_ sum: Float, at iteration: Int) {
    guard sum.isFinite, !isStopped else { return }
    if let best, sum <= best.sum { return }
    var kept = best?.parameters ?? parameters
    best = nil
    let present = parameters
    var span = kept.mutableSpan
    Elements.copy(present.span, into: &span)
    best = Best(parameters: kept, sum: sum, iteration: iteration)
  }

  /// Goes back to where everything was finite, for good.
  ///
  /// - Parameter reason: why there never was anything finite, if so.
  func stop(neverFinite reason: String?) {
    isStopped = true
    parameters = finite
    neverFinite = reason
  }

  /// Whether the recipe's criterion holds, so that the picture is done.
  func isConverged(_ criterion: StoppingCriterion, _ sum: Float, at iteration: Int) -> Bool {
    guard progress.isReached(criterion, sum, at: iteration) else { return false }
    converge(at: iteration)
    return true
  }

  /// Ends the picture, which is done.
  func converge(at iteration: Int) {
    isStopped = true
    convergedAt = iteration
  }

  /// Goes back to the best parameters, where they are known, or else to the last for which everything was finite.
  ///
  /// - Parameter isFinite: whether the present picture's score is finite.
  /// - Parameter last: the iteration whose parameters are the present ones.
  /// - Returns: whether the parameters are others now.
  func takeBest(isFinite: Bool, last: Int) -> Bool {
    if let best {
      guard best.iteration < last else { return false }
      parameters = best.parameters
    } else {
      guard !isFinite else { return false }
      parameters = finite
    }
    return true
  }
}
