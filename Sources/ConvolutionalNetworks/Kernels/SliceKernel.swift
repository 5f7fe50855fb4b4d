extension Slice: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let ranges = try ranges(for: context.logicalInputs[0])
    let order = context.arrangement.permutation(rank: ranges.count)
    return GatheringKernel(
      shape: context.inputs[0],
      runs: order.map { axis in
        let range = ranges[axis]
        return [AxisRun(count: range.count, from: range.start, step: range.step)]
      })
  }
}
