/// Pictures that take their steps together: all of a run, or those that are not done yet.
struct StepBatch {
  /// Their indices among all pictures of the run.
  let pictures: [Int]
  /// The terms that look at pictures alone.
  let pictureTerms: PictureBatch
  /// What they show the network in each pass, with ordinary gradients; `nil` where no step needs them.
  let ordinary: RowBatch?
  /// The same with gradients that a backprop modifier changes; `nil` where there is none.
  let modified: RowBatch?

  /// The bytes that its programs take.
  var memory: Int {
    [ordinary, modified].compactMap { $0?.feed.program.memory }.reduce(0) { $0.addingClamped($1) }
  }

  /// The rows that score pictures.
  ///
  /// - Precondition: there are rows of one kind at least.
  var scoring: RowBatch {
    guard let rows = ordinary ?? modified else { preconditionFailure("a batch without rows") }
    return rows
  }
}
