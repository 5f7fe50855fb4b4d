/// How long one step of a program took, forward and back.
package struct StepTime: Sendable {
  /// The layer that the step belongs to; empty for a copy that the compiler has put in.
  package let layer: String
  /// The algorithm: the name of the kernel's type.
  package let algorithm: String
  /// The shape of its first output as it lies in memory.
  package let outputShape: [Int]
  package fileprivate(set) var forward: Duration = .zero
  /// Zero where no gradient passes.
  package fileprivate(set) var pullback: Duration = .zero
}

extension Workspace {
  /// A forward pass and a pullback that look at the clock between steps; `seed` writes the taps' gradients.
  package func timedPass(seed: () -> Void) -> [StepTime] {
    let clock = ContinuousClock()
    var times = program.steps[program.constantStepCount...].map { step in
      StepTime(
        layer: step.layer, algorithm: Self.algorithm(of: step.kernel),
        outputShape: program.buffers[step.outputs[0]].shape)
    }
    for index in times.indices {
      let step = index + program.constantStepCount
      times[index].forward = clock.measure { program.steps[step].kernel.forward(runs[step]) }
    }
    seed()
    for index in times.indices.reversed() {
      let step = index + program.constantStepCount
      guard program.schedule.pullsBack[step] else { continue }
      times[index].pullback = clock.measure { program.steps[step].kernel.pullback(runs[step]) }
    }
    return times
  }

  private static func algorithm(of kernel: any Kernel) -> String {
    let name = String(describing: type(of: kernel))
    return name.hasSuffix("Kernel") ? String(name.dropLast("Kernel".count)) : name
  }
}
