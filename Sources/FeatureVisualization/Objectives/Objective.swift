/// What a visualization raises: a sum of terms, each minus a loss times a weight, and a number.
///
///     ActivationMaximization(layer: "fc8", units: [130]) - 0.5 * ActivationMaximization(layer: "fc8", units: [20])
///       + 10 * TotalVariation()
///
/// A `Loss` stands in it for minus its value. Sums stay sums of terms, which keep their names. A product of two
/// objectives is one term: `A × B` of two activation maximizations raises the product of the activations.
public struct Objective: Sendable, ObjectiveConvertible {
  /// The terms, in the order in which they were written.
  public var terms: [Term]
  /// A number that is added.
  let constant: Schedule

  /// One term of a sum.
  public struct Term: Sendable {
    /// The name in reports.
    public var name: String
    /// What is made small.
    public var loss: any Loss
    /// What the loss's values are multiplied by: negative where they are made large.
    public var weight: Schedule
    /// What the term is for.
    public var role: Role
    /// How strong its gradient is at the first step, as a share of the objective's; `nil` where the weight alone says it.
    var balance: Float?

    /// A loss that counts once.
    public init(_ loss: any Loss, weight: Schedule = 1) {
      name = loss.name
      self.loss = loss
      self.weight = weight
      role = loss.role
    }
  }

  /// Nothing to raise: what sums start from.
  public init() { self.init([]) }

  /// A sum of terms.
  public init(_ terms: [Term]) { self.init(terms, constant: 0) }

  init(_ terms: [Term], constant: Schedule) {
    self.terms = terms
    self.constant = constant
  }

  public var objective: Objective { self }

  /// Whether it has nothing but a number.
  var isNumber: Bool { terms.isEmpty }

  func adding(_ other: Objective) -> Objective {
    Objective(
      terms + other.terms, constant: constant.combined(with: other.constant) { $0 + $1 })
  }

  /// Everything multiplied by a number.
  func scaled(by factor: Schedule) -> Objective {
    Objective(
      terms.map { term in
        var term = term
        term.weight = factor.combined(with: term.weight) { $0 * $1 }
        return term
      }, constant: factor.combined(with: constant) { $0 * $1 })
  }

  func with(role: Role) -> Objective {
    var result = self
    for index in terms.indices { result.terms[index].role = role }
    return result
  }

  func renamed(_ name: String) -> Objective {
    var result = self
    for index in terms.indices {
      result.terms[index].name = index == 0 ? name : "\(name) \(index + 1)"
    }
    return result
  }
}
