/// The optimization of a batch of pictures: one object per stage of a run.
///
/// Per step: decode, transform, forward, losses, pullback, adjoint transformations, gradient modifier, priors, pullback
/// through the parameterization, normalisation, optimizer, projections. Gradients are those of what is raised: the
/// objective, less the priors.
final class Ascent {
  let stage: AscentStage
  let sum: TermSum
  let candidates: [Candidate]
  private let shared: SharedParameters?
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
  private(set) var snapshots: [(iteration: Int, pictures: [[Float]])] = []
  var warnings: [VisualizationWarning] = []

  init(
    _ stage: AscentStage, sum: TermSum, candidates: [Candidate], batch: StepBatch,
    activationsByLayer: [String: ActivationFunction], cancellation: Cancellation,
    makeBatch: ((_ pictures: [Int]) -> StepBatch?)? = nil
  ) {
    self.stage = stage
    self.sum = sum
    self.candidates = candidates
    self.makeBatch = makeBatch
    self.activationsByLayer = activationsByLayer
    self.cancellation = cancellation
    whole = batch
    self.batch = batch
    shared = candidates.first.flatMap { SharedParameters($0, stage.recipe) }
    values = sum.terms.map { _ in Array(repeating: 0, count: candidates.count) }
  }

  // MARK: A step

  /// Takes one step and records its losses.
  ///
  /// - Returns: `nil` where the run was cancelled meanwhile: the parameters are those before the step.
  /// - Throws: `VisualizationError.brokenRule` where a loss or a transformation breaks a rule.
  func step(_ iteration: Int) throws(VisualizationError) -> IterationRecord? {
    let moment = stage.moment(iteration)
    for (row, index) in batch.pictures.enumerated() {
      let candidate = candidates[index]
      candidate.decode()
      batch.pictureTerms.update(row, candidate.picture, parameters: candidate.parameters)
    }
    if stage.recipe.snapshots.contains(iteration) {
      snapshots.append((iteration, candidates.map(\.picture)))
    }
    guard try differentiate(at: moment) else { return nil }
    addPriors(at: moment)
    let objectives = objectives(values, at: moment)
    if stage.isClean { keepBest(values, of: batch.pictures, at: iteration) }
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

  /// Whether the run is no longer wanted.
  var isCancelled: Bool { cancellation.isCancelled }

  /// Whether no picture changes any more.
  var isDone: Bool { candidates.allSatisfy(\.isStopped) }

  /// Takes the step of every picture that still changes.
  private func advance(_ objectives: [Float], at moment: Moment) {
    var moving: [Candidate] = []
    for index in batch.pictures where !candidates[index].isStopped {
      let candidate = candidates[index]
      let failing = failure(index)
      if failing == nil, let criterion = stage.recipe.stopping,
        candidate.isConverged(criterion, rank(values, index), at: moment.iteration)
      {
        continue
      }
      if let failing {
        stop(candidate, at: moment, because: failing)
      } else {
        candidate.pullBackToParameters()
        moving.append(candidate)
      }
    }
    let mean = objectives.reduce(0, +) / Float(max(objectives.count, 1))
    shared?.step(moving, stage.recipe, at: OptimizationPoint(moment: moment, objective: mean))
    for candidate in moving {
      let index = candidate.index
      let point = OptimizationPoint(
        moment: moment, objective: objectives[index],
        loss: -objectives[index] - sum.sum(values, index, .prior, at: moment))
      switch candidate.step(stage, at: point, shared: shared) {
      case .taken: break
      case .gradientNotFinite:
        stop(candidate, at: moment, because: "the gradient is not finite")
      case .parametersNotFinite: stop(candidate, at: moment, because: nil)
      }
    }
  }

  /// Which term of a picture is not finite, and how.
  private func failure(_ index: Int) -> String? {
    zip(sum.terms, values).first { !$1[index].isFinite }
      .map { "\($0.name) is \($1[index].isNaN ? "NaN" : "\($1[index])")" }
  }

  /// Ends a picture that is not finite any more.
  ///
  /// - Parameter reason: why there is no step to take.
  private func stop(_ candidate: Candidate, at moment: Moment, because reason: String?) {
    let isFirst = moment.iteration == 0 && moment.stage == 0
    candidate.stop(neverFinite: isFirst ? reason : nil)
    warnings.append(
      candidate.neverFinite.map { .neverFinite(picture: candidate.index, reason: $0) }
        ?? .notFinite(picture: candidate.index, iteration: moment.iteration))
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
