/// The parameters that all pictures of a batch have in common.
final class SharedParameters {
  private var values: [Float]
  private var gradient: [Float]
  private var optimizer: any OptimizerState

  /// Those of the first picture, which are the last of its parameters.
  ///
  /// - Returns: `nil` where there are none.
  init?(_ first: Candidate, _ recipe: Preset) {
    let own = first.ownCount
    guard own < first.parameters.count else { return nil }
    values = Array(first.parameters[own...])
    gradient = Array(repeating: 0, count: values.count)
    optimizer = recipe.optimizer.start(parameterCount: values.count)
  }

  /// Gives every picture those that the first one starts from.
  static func takeFromFirst(_ candidates: [Candidate]) {
    guard let first = candidates.first, first.ownCount < first.parameters.count else { return }
    for candidate in candidates.dropFirst() { candidate.takeShared(of: first) }
  }

  /// Takes one step along the sum of all pictures' gradients.
  func step(_ candidates: [Candidate], _ recipe: Preset, at point: OptimizationPoint) {
    for index in gradient.indices { gradient[index] = 0 }
    for candidate in candidates where !candidate.isStopped {
      let own = candidate.ownCount
      for index in gradient.indices {
        gradient[index] -= candidate.parameterGradient[own + index]
      }
    }
    let squares = gradient.withMutableSpan { Elements.sumOfSquares($0.span) }
    guard squares.isFinite else { return }
    if recipe.normalizesGradient {
      gradient.withMutableSpan {
        Elements.scale(&$0, by: Float(1 / max(squares, 1e-12).squareRoot()))
      }
    }
    let gradient = gradient
    values.withMutableSpan { optimizer.step(&$0, gradient: gradient.span, at: point) }
  }

  /// Writes them behind a picture's own.
  func write(into parameters: inout MutableSpan<Float>, from own: Int) {
    for index in values.indices { parameters[own + index] = values[index] }
  }
}
