extension CumulativeSum: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    CumulativeSumKernel(
      lines: AxisLines(shape: context.inputs[0], axis: try context.place(axis: axis)),
      isExclusive: isExclusive, isReversed: isReversed)
  }
}

/// Sums along lines; the gradient is summed the other way round.
struct CumulativeSumKernel: Kernel {
  let lines: AxisLines
  let isExclusive: Bool
  let isReversed: Bool

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    sum(run, run.inputs[0], into: run.outputs[0], isReversed: isReversed, accumulating: false)
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let above = run.outputGradients[0] else { return }
    sum(run, above, into: gradient, isReversed: !isReversed, accumulating: run.accumulates[0])
  }

  private func sum(
    _ run: KernelRun, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    isReversed: Bool, accumulating: Bool
  ) {
    lines.forEach(run) { line in
      let start = lines.start(line, extent: lines.extent)
      var sum: Float = 0
      for step in 0..<lines.extent {
        let place = start + (isReversed ? lines.extent - 1 - step : step) * lines.inner
        let before = sum
        sum += x[place]
        let value = isExclusive ? before : sum
        y[place] = accumulating ? y[place] + value : value
      }
    }
  }
}
