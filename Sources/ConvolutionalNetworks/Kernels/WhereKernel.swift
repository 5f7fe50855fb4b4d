internal import CFVKernels

extension Where: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    WhereKernel(output: context.outputs[0], inputs: context.inputs)
  }
}

/// Takes each element from one of two arrays; its gradient goes where it came from.
struct WhereKernel: Kernel {
  private let walk: BroadcastWalk
  private let cuts: [BroadcastWalk.Cut]
  private let counts: [Int]

  /// The arrays of the walk: the output, then the inputs.
  private static let (output, condition, first, second) = (0, 1, 2, 3)

  init(output: [Int], inputs: [[Int]]) {
    let arrays = [output] + inputs
    let walk = BroadcastWalk(over: output, arrays: arrays)
    self.walk = walk
    cuts = arrays.indices.map { walk.cut(target: $0) }
    counts = arrays.map { $0.reduce(1, *) }
  }

  var pullbackReads: PullbackReads { .inputs }

  func forward(_ run: KernelRun) {
    let cut = cuts[Self.output]
    run.forEachChunk(cut.chunks) { chunk, _ in
      walk.combine(
        CFV_CHOOSE, .init(Self.condition, run.inputs[0]), .init(Self.first, run.inputs[1]),
        .init(Self.second, run.inputs[2]), into: run.outputs[0], cut, chunk: chunk,
        accumulating: false)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let above = run.outputGradients[0] else { return }
    if let gradient = run.inputGradients[0], !run.accumulates[0] {
      gradient.update(repeating: 0, count: counts[Self.condition])
    }
    pullBack(run, above, 1, CFV_WHERE_TRUE)
    pullBack(run, above, 2, CFV_WHERE_FALSE)
  }

  private func pullBack(
    _ run: KernelRun, _ above: UnsafePointer<Float>, _ input: Int, _ combination: cfv_combination
  ) {
    guard let gradient = run.inputGradients[input] else { return }
    let cut = cuts[input + 1]
    if cut.sums, !run.accumulates[input] {
      gradient.update(repeating: 0, count: counts[input + 1])
    }
    run.forEachChunk(cut.chunks) { chunk, _ in
      walk.combine(
        combination, .init(Self.output, above), .init(Self.condition, run.inputs[0]),
        into: gradient, cut, chunk: chunk, accumulating: run.accumulates[input])
    }
  }
}
