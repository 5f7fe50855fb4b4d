import FeatureVisualization

extension Objective {
  /// What is asked about one picture of a batch, such as its own class of `eachOf`; `nil` where a loss has no answer.
  func selecting(_ pictures: [Int]) -> Objective? {
    var result = self
    for index in terms.indices {
      guard let loss = terms[index].loss.selecting(pictures) else { return nil }
      result.terms[index].loss = loss
    }
    return result
  }

  /// An objective of one picture for several views of it.
  ///
  /// - Throws: `VisualizationError.incompatible` where a loss cannot be asked about several.
  func repeated(_ count: Int) throws(VisualizationError) -> Objective {
    if let result = selecting(Array(repeating: 0, count: count)) { return result }
    throw .incompatible("a batch", "the objective", reason: "a loss answers no `selecting`")
  }
}
