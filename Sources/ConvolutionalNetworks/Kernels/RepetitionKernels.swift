// Repetitions are copies cell by cell, of which several come from the same place.

extension Tile: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let counts = try counts(rank: context.logicalInputs[0].count)
    let order = context.arrangement.permutation(rank: counts.count)
    return GatheringKernel(
      shape: context.inputs[0],
      runs: zip(order, context.inputs[0]).map { axis, extent in
        extent == 1
          ? .stretched(to: counts[axis])
          : Array(repeating: AxisRun(count: extent, from: 0), count: counts[axis])
      })
  }
}

extension Expand: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    GatheringKernel(
      shape: context.inputs[0],
      runs: zip(context.inputs[0], context.outputs[0]).map { extent, filled in
        extent == 1 ? .stretched(to: filled) : [AxisRun(count: extent, from: 0)]
      })
  }
}

extension [AxisRun] {
  /// The only cell of an axis, over and over.
  fileprivate static func stretched(to count: Int) -> [AxisRun] {
    [AxisRun(count: count, from: 0, step: count == 1 ? 1 : 0)]
  }
}
