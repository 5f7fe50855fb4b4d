internal import CFVKernels

extension Comparison: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    ComparisonKernel(self, output: context.outputs[0], inputs: context.inputs)
  }
}

/// Compares two arrays element by element; its inputs' gradients are 0.
struct ComparisonKernel: Kernel {
  private let combination: cfv_combination
  /// Whether the operands change places.
  private let isMirrored: Bool
  private let walk: BroadcastWalk
  private let cut: BroadcastWalk.Cut
  private let counts: [Int]

  init(_ comparison: Comparison, output: [Int], inputs: [[Int]]) {
    (combination, isMirrored) =
      switch comparison {
      case .equal: (CFV_EQUAL, false)
      case .notEqual: (CFV_NOT_EQUAL, false)
      case .less: (CFV_LESS, false)
      case .lessOrEqual: (CFV_NOT_GREATER, false)
      case .greater: (CFV_LESS, true)
      case .greaterOrEqual: (CFV_NOT_GREATER, true)
      case .and: (CFV_AND, false)
      case .or: (CFV_OR, false)
      case .exclusiveOr: (CFV_XOR, false)
      }
    walk = BroadcastWalk(over: output, arrays: [output] + inputs)
    cut = walk.cut(target: 0)
    counts = inputs.map { $0.reduce(1, *) }
  }

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    var operands = [1, 2].map { BroadcastWalk.Source($0, run.inputs[$0 - 1]) }
    if isMirrored { operands.swapAt(0, 1) }
    run.forEachChunk(cut.chunks) { chunk, _ in
      walk.combine(
        combination, operands[0], operands[1], into: run.outputs[0], cut, chunk: chunk,
        accumulating: false)
    }
  }

  func pullback(_ run: KernelRun) {
    for (input, count) in counts.enumerated() where !run.accumulates[input] {
      run.inputGradients[input]?.update(repeating: 0, count: count)
    }
  }
}
