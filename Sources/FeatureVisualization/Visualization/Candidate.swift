/// What becomes of one picture of a run, independent of the others.
struct Candidate {
  var parameters: [Float]
  var optimizer: any OptimizerState
  var generator: SeededGenerator
  var chain = TransformationChain()
  var picture: [Float]
  /// The best parameters so far, where each step shows the network the picture as it is.
  var best: Best?
  /// The last parameters for which everything was finite.
  var finite: [Float]
  var isStopped = false
  var isWarned = false
  var progress = StoppingCriterion.Memory()
  /// The iteration at which the picture was done.
  var convergedAt: Int?
  /// Why nothing was finite at the first iteration already.
  var neverFinite: String?

  struct Best {
    var parameters: [Float]
    /// What was asked for: the objective, turned round if it is to be lowered, less the weighted regularizers.
    let sum: Float
    let iteration: Int
  }

  /// Keeps the present parameters if no sum before was as high.
  mutating func keep(_ sum: Float, at iteration: Int) {
    guard sum.isFinite, !isStopped else { return }
    if let best, sum <= best.sum { return }
    var kept = best?.parameters ?? parameters
    best = nil
    var span = kept.mutableSpan
    Elements.copy(parameters.span, into: &span)
    best = Best(parameters: kept, sum: sum, iteration: iteration)
  }
}
