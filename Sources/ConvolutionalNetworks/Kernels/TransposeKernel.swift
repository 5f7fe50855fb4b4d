extension Transpose: CompilableOperation {
  package var arrangementRule: ArrangementRule { .logical }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let rank = context.inputs[0].count
    return TranspositionKernel(
      shape: context.inputs[0], permutation: permutation ?? Array((0..<rank).reversed()))
  }
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
    plan.run(from: run.inputs[0], to: run.outputs[0])
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    inverse.run(from: output, to: gradient, accumulating: run.accumulates[0])
  }
}
