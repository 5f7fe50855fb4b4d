extension Gather: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let shape = context.inputs[0]
    let axis = try context.place(axis: axis)
    var runs: [[AxisRun]] = shape.map { [AxisRun(count: $0, from: 0)] }
    runs[axis] = AxisRun.runs(through: try places(extent: shape[axis]))
    return GatheringKernel(shape: shape, runs: runs)
  }
}

extension AxisRun {
  /// Runs that visit `places` in order; neighbours make one run.
  fileprivate static func runs(through places: [Int]) -> [AxisRun] {
    var runs: [AxisRun] = []
    for place in places {
      if let last = runs.last, let source = last.source, place == source + last.count {
        runs[runs.count - 1] = AxisRun(count: last.count + 1, from: source)
      } else {
        runs.append(AxisRun(count: 1, from: place))
      }
    }
    return runs
  }
}
