import FeatureVisualization

/// Gradient descent that keeps going: `v ← μv + g; θ ← θ − rate · v`.
struct Momentum: Optimizer {
  var rate: Schedule = 0.05
  var persistence: Float = 0.9

  var name: String { "Momentum" }

  func start(parameterCount: Int) -> any OptimizerState {
    State(optimizer: self, velocity: Array(repeating: 0, count: parameterCount))
  }

  struct State: OptimizerState {
    let optimizer: Momentum
    var velocity: [Float]

    mutating func step(
      _ parameters: inout MutableSpan<Float>, gradient: Span<Float>, at point: OptimizationPoint
    ) {
      let rate = optimizer.rate.value(at: point.moment)
      for i in velocity.indices {
        velocity[i] = optimizer.persistence * velocity[i] + gradient[i]
        parameters[i] -= rate * velocity[i]
      }
    }
  }
}
