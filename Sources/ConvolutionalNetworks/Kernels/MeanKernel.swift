internal import CFVKernels

extension Mean: CompilableOperation {
  /// An axis that disappears changes what the others mean in a feature map.
  package var arrangementRule: ArrangementRule { keepsAxes ? .following : .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let rank = context.logicalInputs[0].count
    let reduced = try reducedAxes(rank: rank).map {
      context.arrangement.place(axis: $0, rank: rank)
    }
    return MeanKernel(shape: context.inputs[0], axes: Set(reduced))
  }
}

/// Sums over some axes, divided by the number of elements summed; the pullback hands each of them its share.
struct MeanKernel: Kernel {
  private let walk: BroadcastWalk
  private let cuts: [BroadcastWalk.Cut]
  private let count: Int
  private let scale: Float

  /// The arrays of the walk.
  private static let (input, output) = (0, 1)

  /// For a value of shape `shape` in memory order, over the axes `axes` in memory.
  init(shape: [Int], axes: Set<Int>) {
    let output = shape.indices.map { axes.contains($0) ? 1 : shape[$0] }
    let walk = BroadcastWalk(over: shape, arrays: [shape, output])
    self.walk = walk
    cuts = [0, 1].map { walk.cut(target: $0) }
    count = output.reduce(1, *)
    scale = 1 / Float(axes.reduce(1) { $0 * shape[$1] })
  }

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    let cut = cuts[Self.output]
    if cut.sums { run.outputs[0].update(repeating: 0, count: count) }
    run.forEachChunk(cut.chunks) { chunk, _ in
      walk.combine(
        CFV_SCALE, scale: scale, .init(Self.input, run.inputs[0]), into: run.outputs[0], cut,
        chunk: chunk, accumulating: false)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    let cut = cuts[Self.input]
    run.forEachChunk(cut.chunks) { chunk, _ in
      walk.combine(
        CFV_SCALE, scale: scale, .init(Self.output, output), into: gradient, cut, chunk: chunk,
        accumulating: run.accumulates[0])
    }
  }
}
