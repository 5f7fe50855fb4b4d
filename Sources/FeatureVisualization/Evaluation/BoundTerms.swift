/// Some terms of a sum with the memory of what they look at.
struct BoundTerms {
  /// The place of each term in its sum.
  private let places: [Int]
  private let terms: [Objective.Term]
  private let parts: [[TappedPart]]
  private let count: Int

  /// The terms of `sum` that `isIncluded` picks, for `count` rows.
  ///
  /// - Parameter part: the memory of a subject.
  /// - Throws: `VisualizationError` where a loss cannot work on the shapes, or looks at what is not there.
  init(
    _ sum: TermSum, count: Int, where isIncluded: (Objective.Term) -> Bool,
    part: (LossSubject) throws(VisualizationError) -> TappedPart
  ) throws(VisualizationError) {
    places = sum.terms.indices.filter { isIncluded(sum.terms[$0]) }
    terms = places.map { sum.terms[$0] }
    self.count = count
    var parts: [[TappedPart]] = []
    for term in terms {
      var own: [TappedPart] = []
      for subject in term.loss.subjects { own.append(try part(subject)) }
      if let weight = term.weight.constant, !weight.isFinite {
        throw .invalidArgument(term.name, "a weight of \(weight)")
      }
      let (loss, shapes) = (term.loss, own.map(\.shape))
      try VisualizationError.naming(loss) { try loss.validate(shapes) }
      parts.append(own)
    }
    self.parts = parts
  }

  /// Whether there are terms of a role.
  func contains(_ role: Role) -> Bool { terms.contains { $0.role == role } }

  /// Adds a share of the values of each term to those of the pictures that the rows are of.
  ///
  /// - Throws: `VisualizationError.brokenRule` where a loss gives another number of values.
  func addValues(
    to values: inout [[Float]], pictures: [Int], share: Float, at moment: Moment
  ) throws(VisualizationError) {
    for (index, term) in terms.enumerated() {
      let found = term.loss.values(TappedTensors(unsafe: parts[index], at: moment))
      guard found.count == count else {
        throw .brokenRule(
          type: "\(type(of: term.loss))",
          rule: "values(_:) gives a value for each picture, \(count), not \(found.count)")
      }
      for (row, picture) in pictures.enumerated() {
        values[places[index]][picture] += share * found[row]
      }
    }
  }

  /// Adds the gradients of what is raised, minus the weighted sum of the terms of a role, to what they look at.
  func addGradients(_ role: Role, share: Float, at moment: Moment) {
    for (index, term) in terms.enumerated() where term.role == role {
      let scale = -term.weight.value(at: moment) * share
      guard scale != 0 else { continue }
      var gradients = TappedGradients(unsafe: parts[index])
      term.loss.addGradients(
        of: TappedTensors(unsafe: parts[index], at: moment),
        scales: Array(repeating: scale, count: count), to: &gradients)
    }
  }
}
