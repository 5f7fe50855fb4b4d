// `ProgramCompiler` makes the kernel, or none: it knows how the input lies.
extension Transpose: ArrangedOperation {
  package var arrangementRule: ArrangementRule { .logical }
}

/// Copies its input with permuted axes; its pullback is the inverse permutation.
struct TranspositionKernel: Kernel {
  private let plan: TranspositionPlan
  private let inverse: TranspositionPlan

  init(shape: [Int], permutation: [Int]) {
    plan = TranspositionPlan(shape: shape, permutation: permutation)
    inverse = TranspositionPlan(
      shape: permutation.map { shape[$0] },
      permutation: permutation.indices.map { axis in permutation.firstIndex(of: axis) ?? axis })
  }

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    run.forEachChunk(plan.chunks) { chunk, _ in
      plan.run(chunk, from: run.inputs[0], to: run.outputs[0], accumulating: false)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    run.forEachChunk(inverse.chunks) { chunk, _ in
      inverse.run(chunk, from: output, to: gradient, accumulating: run.accumulates[0])
    }
  }
}
