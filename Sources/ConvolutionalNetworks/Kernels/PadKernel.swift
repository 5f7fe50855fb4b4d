extension Pad: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let paddings = try paddings(rank: context.logicalInputs[0].count)
    let order = context.arrangement.permutation(rank: paddings.count)
    var filler: Float = 0
    if case .constant(let number) = mode { filler = number }
    return GatheringKernel(
      shape: context.inputs[0],
      runs: zip(order, context.inputs[0]).map { axis, extent in
        runs(extent: extent, before: paddings[axis].before, after: paddings[axis].after)
      },
      filler: filler)
  }

  /// Where the cells of a padded axis come from; negative amounts crop what the positive ones added.
  private func runs(extent: Int, before: Int, after: Int) -> [AxisRun] {
    let (added, appended) = (max(before, 0), max(after, 0))
    let first = max(-before, 0)
    let kept = AxisRun(count: extent - first - max(-after, 0), from: first)
    let runs: [AxisRun] =
      switch mode {
      case .constant:
        [AxisRun(count: added, from: nil), kept, AxisRun(count: appended, from: nil)]
      case .edge:
        [
          AxisRun(count: added, from: 0, step: 0), kept,
          AxisRun(count: appended, from: extent - 1, step: 0),
        ]
      case .reflect:
        [
          AxisRun(count: added, from: added, step: -1), kept,
          AxisRun(count: appended, from: extent - 2, step: -1),
        ]
      case .wrap:
        [AxisRun(count: added, from: extent - added), kept, AxisRun(count: appended, from: 0)]
      }
    return runs.filter { $0.count > 0 }
  }
}
