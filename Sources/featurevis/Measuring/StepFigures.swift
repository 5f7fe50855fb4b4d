import ConvolutionalNetworks

/// The times of single steps: forward, and the gradient of one unit back to the input.
struct StepFigures {
  /// Milliseconds of each step in turn.
  private(set) var whole: [Double] = []
  /// Milliseconds of the forward passes alone.
  private(set) var forward: [Double] = []

  /// Times `count` steps, after two that are not timed.
  init(_ workspace: Workspace, _ neuron: Neuron, count: Int) {
    let clock = ContinuousClock()
    for step in 0..<(count + 2) {
      let first = clock.measure { workspace.forward() }
      let second = clock.measure {
        workspace.seed(neuron)
        workspace.pullback()
      }
      guard step >= 2 else { continue }
      forward.append(first / .milliseconds(1))
      whole.append((first + second) / .milliseconds(1))
    }
  }

  /// The speed of the last tenth of the steps divided by that of the first; below 1 where the machine tires.
  var steadiness: Double {
    let tenth = max(1, whole.count / 10)
    return whole.prefix(tenth).reduce(0, +) / whole.suffix(tenth).reduce(0, +)
  }
}
