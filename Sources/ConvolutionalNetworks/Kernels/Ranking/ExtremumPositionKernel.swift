extension ExtremumPosition: CompilableOperation {
  /// An axis that disappears changes what the others mean in a map.
  package var arrangementRule: ArrangementRule { keepsAxis ? .following : .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    ExtremumPositionKernel(
      lines: AxisLines(shape: context.inputs[0], axis: try context.place(axis: axis)),
      isMaximum: extremum == .maximum, selectsLast: selectsLast)
  }
}

/// Finds the extremum of each line; a number that is none is one.
struct ExtremumPositionKernel: Kernel {
  let lines: AxisLines
  let isMaximum: Bool
  let selectsLast: Bool

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    lines.forEach(run) { line in
      let x = run.inputs[0] + lines.start(line, extent: lines.extent)
      var winner = 0
      for position in 1..<max(lines.extent, 1) {
        let (best, other) = (x[winner * lines.inner], x[position * lines.inner])
        let isBetter = isMaximum ? other > best : other < best
        let isAsGood = selectsLast && (other == best || (other.isNaN && best.isNaN))
        if isBetter || isAsGood || (other.isNaN && !best.isNaN) { winner = position }
      }
      run.outputs[0][lines.start(line, extent: 1)] = Float(winner)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], !run.accumulates[0] else { return }
    gradient.update(repeating: 0, count: lines.count * lines.extent)
  }
}
