import FeatureVisualization

extension RecipeReading {
  /// A number that may change from step to step: a number, a word such as `linear(0, 1)`, or arithmetic of these.
  func schedule(_ syntax: RecipeSyntax) throws(RecipeError) -> Schedule {
    if try knownNumber(syntax) != nil { return Schedule(Float(try number(syntax))) }
    switch syntax.kind {
    case .negative(let inner):
      let inner = try schedule(inner)
      return Schedule { -inner.value(at: $0) }
    case .operation(let operation, let left, let right):
      let (left, right) = (try schedule(left), try schedule(right))
      return Schedule { moment in
        Float(
          operation.apply(
            Double(left.value(at: moment)), Double(right.value(at: moment))))
      }
    default: return try value(syntax, of: .schedules)
    }
  }

  /// What is raised: sums, products, quotients and powers of objectives, priors, schedules and numbers.
  func objective(_ syntax: RecipeSyntax) throws(RecipeError) -> Objective {
    if try knownNumber(syntax) != nil { return try schedule(syntax).objective }
    switch syntax.kind {
    case .negative(let inner): return -(try objective(inner))
    case .operation(.power, let base, let exponent):
      return pow(try objective(base), Float(try number(exponent)))
    case .operation(let operation, let left, let right):
      let (left, right) = (try objective(left), try objective(right))
      switch operation {
      case .plus: return left + right
      case .minus: return left - right
      case .times: return left * right
      case .divided: return left / right
      case .power: return left
      }
    case .name(let name), .call(let name, _):
      if Vocabulary.schedules.word(name) != nil { return try schedule(syntax).objective }
      return try value(syntax, of: .objectives)
    default:
      throw error(
        syntax, "this is nothing to raise", expected: ["channel(layer, unit)", "a number"])
    }
  }
}
