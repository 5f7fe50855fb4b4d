/// The optimization of a batch of pictures: one object per stage of a run.
///
/// Per step: decode, transform, forward, losses, pullback, adjoint transformations, gradient modifier, priors, pullback
/// through the parameterization, normalisation, optimizer, projections. Gradients are those of what is raised: the
/// objective, less the priors.
final class Ascent {
  /// The optimised inputs; what becomes of a picture as a whole is kept by the first.
  let lanes: [InputLane]
  let sum: TermSum
  /// The activations that tapped layers end with, by their names.
  let activationsByLayer: [String: ActivationFunction]
  /// All pictures.
  let whole: StepBatch
  /// The pictures that still change, and maybe some that do not.
  private(set) var batch: StepBatch
  private let cancellation: Cancellation
  /// A batch of fewer pictures; `nil` where the batch must stay whole.
  private let makeBatch: ((_ pictures: [Int]) -> StepBatch?)?
  /// The last values of each term, one per picture.
  var values: [[Float]]
  private(set) var history: [IterationRecord] = []
  private(set) var snapshots: [(iteration: Int, pictures: [[[Float]]])] = []
  var warnings: [VisualizationWarning] = []

  init(
    _ lanes: [InputLane], sum: TermSum, batch: StepBatch,
    activationsByLayer: [String: ActivationFunction], cancellation: Cancellation,
    makeBatch: ((_ pictures: [Int]) -> StepBatch?)? = nil
  ) {
    self.lanes = lanes
    self.sum = sum
    self.makeBatch = makeBatch
    self.activationsByLayer = activationsByLayer
    self.cancellation = cancellation
    whole = batch
    self.batch = batch
    values = sum.terms.map { _ in Array(repeating: 0, count: lanes[0].candidates.count) }
  }

  /// The stage of the first input, whose recipe says what concerns all.
  var stage: AscentStage { lanes[0].stage }

  /// The pictures as wholes.
  var candidates: [Candidate] { lanes[0].candidates }

  /// Whether the network sees all pictures as they are, so that each step's objective is a clean one.
  var isClean: Bool { lanes.allSatisfy(\.stage.isClean) }

  /// Calls `body` with the parts of a picture, one for each input.
  func forEachPart(_ index: Int, _ body: (_ part: Candidate, _ lane: InputLane) -> Void) {
    for lane in lanes { body(lane.candidates[index], lane) }
  }

  // MARK: A step

  /// Takes one step and records its losses.
  ///
  /// - Returns: `nil` where the run was cancelled meanwhile: the parameters are those before the step.
  /// - Throws: `VisualizationError.brokenRule` where a loss or a transformation breaks a rule.
  func step(_ iteration: Int) throws(VisualizationError) -> IterationRecord? {
    let moment = stage.moment(iteration)
    decodeAll()
    if stage.recipe.snapshots.contains(iteration) {
      snapshots.append((iteration, lanes.map { $0.candidates.map(\.picture) }))
    }
    guard try differentiate(at: moment) else { return nil }
    addPriors(at: moment)
    let objectives = objectives(values, at: moment)
    if isClean { keepBest(values, of: batch.pictures, at: iteration) }
    advance(objectives, at: moment)
    let record = IterationRecord(
      iteration: iteration,
      losses: zip(sum.terms, values).map { term, values in
        .init(name: term.name, weight: term.weight.value(at: moment), values: values)
      }, objectives: objectives)
    history.append(record)
    leaveBatch()
    return record
  }

  /// Decodes the present parameters of all pictures.
  func decodeAll() {
    for (row, index) in batch.pictures.enumerated() {
      forEachPart(index) { part, _ in
        part.decode()
        batch.pictureTerms.update(
          row, input: part.input, part.picture, parameters: part.parameters)
      }
    }
  }

  /// Whether the run goes on; asked before each layer.
  func isWanted() -> Bool { !cancellation.isCancelled }

  /// Whether no picture changes any more.
  var isDone: Bool { candidates.allSatisfy(\.isStopped) }

  /// Takes the step of every picture that still changes.
  private func advance(_ objectives: [Float], at moment: Moment) {
    var moving: [Int] = []
    for index in batch.pictures where !candidates[index].isStopped {
      if let failing = failure(index) {
        stop(index, at: moment, because: failing)
      } else if let criterion = stage.recipe.stopping,
        candidates[index].isConverged(criterion, rank(values, index), at: moment.iteration)
      {
        forEachPart(index) { part, _ in part.converge(at: moment.iteration) }
      } else {
        forEachPart(index) { part, _ in part.pullBackToParameters() }
        moving.append(index)
      }
    }
    let mean = objectives.reduce(0, +) / Float(max(objectives.count, 1))
    for lane in lanes {
      lane.shared?.step(
        moving.map { lane.candidates[$0] }, lane.stage.recipe,
        at: OptimizationPoint(moment: moment, objective: mean))
    }
    for index in moving { step(index, objectives[index], at: moment) }
  }

  /// Takes the step of a picture, or ends it where that leads nowhere.
  private func step(_ index: Int, _ objective: Float, at moment: Moment) {
    let point = OptimizationPoint(
      moment: moment, objective: objective,
      loss: -objective - sum.sum(values, index, .prior, at: moment))
    // No part takes a step that another cannot take.
    guard lanes.allSatisfy({ $0.candidates[index].hasFiniteGradient }) else {
      stop(index, at: moment, because: "the gradient is not finite")
      return
    }
    var areFinite = true
    forEachPart(index) { part, lane in
      if !part.step(lane.stage, at: point, shared: lane.shared) { areFinite = false }
    }
    if !areFinite { stop(index, at: moment, because: nil) }
  }

  /// Which term of a picture is not finite, and how.
  private func failure(_ index: Int) -> String? {
    zip(sum.terms, values).first { !$1[index].isFinite }
      .map { "\($0.name) is \($1[index].isNaN ? "NaN" : "\($1[index])")" }
  }

  /// Ends a picture that is not finite any more.
  ///
  /// - Parameter reason: why there is no step to take.
  private func stop(_ index: Int, at moment: Moment, because reason: String?) {
    let isFirst = moment.iteration == 0 && moment.stage == 0
    forEachPart(index) { part, _ in part.stop(neverFinite: isFirst ? reason : nil) }
    warnings.append(
      candidates[index].neverFinite.map { .neverFinite(picture: index, reason: $0) }
        ?? .notFinite(picture: index, iteration: moment.iteration))
  }

  /// Goes on with the pictures that still change, where they are so much fewer that it pays to compile anew.
  private func leaveBatch() {
    let changing = batch.pictures.filter { !candidates[$0].isStopped }
    guard !changing.isEmpty, 4 * changing.count <= 3 * batch.pictures.count,
      let fewer = makeBatch?(changing)
    else { return }
    batch = fewer
  }
}
