/// What can stand in an objective: a loss, a quantity, a number that changes from step to step, or an objective.
public protocol ObjectiveConvertible: Sendable {
  /// What is raised.
  var objective: Objective { get }
}

extension Loss {
  /// Minus the loss: what makes it small is raised.
  public var objective: Objective { Objective([.init(self)]) }
}

extension Schedule: ObjectiveConvertible {
  /// The number itself.
  public var objective: Objective { Objective([], constant: self) }
}

extension Array: ObjectiveConvertible where Element: ObjectiveConvertible {
  /// The sum of the elements.
  public var objective: Objective {
    reduce(Objective()) { $0.adding($1.objective) }
  }
}

extension ObjectiveConvertible {
  /// The same as priors: what pulls at the picture, and is no part of the score.
  public var asPrior: Objective { objective.with(role: .prior) }

  /// The same as objectives: what the picture is drawn for, and scored by.
  public var asObjective: Objective { objective.with(role: .objective) }

  /// The same under a name for reports; a number follows where there are several terms.
  public func named(_ name: String) -> Objective { objective.renamed(name) }
}
