// Sums, differences and multiples of what is raised.

/// The sum: `ActivationMaximization(…) + 10 * TotalVariation()`.
public func + (left: some ObjectiveConvertible, right: some ObjectiveConvertible) -> Objective {
  left.objective.adding(right.objective)
}

/// The difference: the left is raised and the right is lowered.
public func - (left: some ObjectiveConvertible, right: some ObjectiveConvertible) -> Objective {
  left.objective.adding(right.objective.scaled(by: -1))
}

/// What was raised is lowered.
public prefix func - (objective: some ObjectiveConvertible) -> Objective {
  objective.objective.scaled(by: -1)
}

/// A multiple: `10 * TotalVariation()`.
public func * (weight: Float, objective: some ObjectiveConvertible) -> Objective {
  objective.objective.scaled(by: Schedule(weight))
}

/// A multiple.
public func * (objective: some ObjectiveConvertible, weight: Float) -> Objective {
  objective.objective.scaled(by: Schedule(weight))
}

/// A multiple that changes from step to step: `.linear(from: 0, to: 1) * ActivationMaximization(…)`.
@_disfavoredOverload
public func * (weight: Schedule, objective: some ObjectiveConvertible) -> Objective {
  objective.objective.scaled(by: weight)
}

/// A fraction: a divisor of 0 is refused when the objective is compiled.
public func / (objective: some ObjectiveConvertible, divisor: Float) -> Objective {
  objective.objective.scaled(by: Schedule(1 / divisor))
}

/// The objective with a number added.
public func + (objective: some ObjectiveConvertible, number: Float) -> Objective {
  objective.objective.adding(Schedule(number).objective)
}

/// A number with the objective added.
public func + (number: Float, objective: some ObjectiveConvertible) -> Objective {
  Schedule(number).objective.adding(objective.objective)
}

/// The objective less a number.
public func - (objective: some ObjectiveConvertible, number: Float) -> Objective {
  objective.objective.adding(Schedule(-number).objective)
}

/// A number less the objective.
public func - (number: Float, objective: some ObjectiveConvertible) -> Objective {
  Schedule(number).objective.adding(objective.objective.scaled(by: -1))
}
