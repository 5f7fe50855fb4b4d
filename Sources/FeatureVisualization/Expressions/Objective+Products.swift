// Products, quotients and powers of what is raised: one term each, whose gradient is derived.

/// The product: `A × B` of two activation maximizations raises the product of the activations.
///
/// A number or a schedule scales the terms of the other side, which keep their names.
public func * (left: some ObjectiveConvertible, right: some ObjectiveConvertible) -> Objective {
  let (left, right) = (left.objective, right.objective)
  if left.isNumber { return right.scaled(by: left.constant) }
  if right.isNumber { return left.scaled(by: right.constant) }
  return .combining(left, "×", right, left.quantity * right.quantity)
}

/// The quotient; infinite or NaN, and told so, where the divisor is 0.
public func / (left: some ObjectiveConvertible, right: some ObjectiveConvertible) -> Objective {
  let (left, right) = (left.objective, right.objective)
  if right.isNumber {
    return left.scaled(by: Schedule(1).combined(with: right.constant) { $0 / $1 })
  }
  return .combining(left, "÷", right, left.quantity / right.quantity)
}

/// A number divided by what is raised.
public func / (number: Float, objective: some ObjectiveConvertible) -> Objective {
  Schedule(number) / objective
}

/// A power; NaN, and told so, where the base is below 0 and the exponent is no integer.
public func pow(_ base: some ObjectiveConvertible, _ exponent: Float) -> Objective {
  let base = base.objective
  return Objective(
    [.init("\(base.shortName)^\(exponent)", pow(base.quantity, exponent), role: base.role)])
}

extension Objective {
  /// The value as an expression, `[N]`.
  var quantity: TensorExpression {
    let numbers: [TensorExpression] =
      isNumber || constant.constant != 0 ? [.scheduled(constant)] : []
    let terms = terms.map { term in
      let loss =
        (term.loss as? DerivedLoss)?.expression ?? TensorExpression.values(of: term.loss)
      switch term.weight.constant {
      case 1: return -loss
      case let weight?: return -weight * loss
      case nil: return -(TensorExpression.scheduled(term.weight) * loss)
      }
    }
    let parts = numbers + terms
    return parts.dropFirst().reduce(parts[0]) { $0 + $1 }
  }

  /// What a combination of it is for.
  fileprivate var role: Role {
    terms.contains { $0.role == .objective } || terms.isEmpty ? .objective : .prior
  }

  fileprivate var shortName: String {
    terms.count == 1 && constant.constant == 0
      ? terms[0].name : "(" + terms.map(\.name).joined(separator: " + ") + ")"
  }

  fileprivate static func combining(
    _ left: Objective, _ sign: String, _ right: Objective, _ quantity: TensorExpression
  ) -> Objective {
    let role: Role = left.role == .objective || right.role == .objective ? .objective : .prior
    let name = "\(left.shortName) \(sign) \(right.shortName)"
    return Objective([.init(name, quantity, role: role)])
  }
}

extension Objective.Term {
  /// A quantity that is raised.
  init(_ name: String, _ quantity: TensorExpression, role: Role) {
    self.init(DerivedLoss(name, maximizing: quantity))
    self.role = role
  }
}

extension TensorExpression: ObjectiveConvertible {
  /// The expression itself, a number for each picture, raised.
  public var objective: Objective { Objective([.init("Quantity", self, role: .objective)]) }
}
