/// Passes a value on, and keeps the gradient that arrives at it: the compiler puts it behind layers whose gradients are
/// asked for.
///
/// Its output is a copy, so that what arrives there is the gradient of this value alone, not that of other views of the
/// same memory too.
struct GradientProbe: CompilableOperation {
  let kind = "GradientProbe"
  var parameters: [LayerParameter] { [] }
  var arrangementRule: ArrangementRule { .following }

  func outputShapes(for inputs: [[Int]], layout: TensorLayout) -> [[Int]] { inputs }

  func makeKernel(_ context: KernelContext) -> any Kernel {
    GradientProbeKernel(count: context.inputs[0].reduce(1, *))
  }
}

struct GradientProbeKernel: Kernel {
  let count: Int

  /// Elements of one chunk.
  private static let chunk = 1 << 14

  var pullbackReads: PullbackReads { [] }
  var keepsGradient: Bool { true }
  /// The gradient.
  var stateCount: Int { count }

  func forward(_ run: KernelRun) {
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      add(run.inputs[0] + first, to: run.outputs[0] + first, count, false)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let output = run.outputGradients[0] else { return }
    let gradient = run.inputGradients[0]
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      add(output + first, to: run.state + first, count, false)
      if let gradient { add(output + first, to: gradient + first, count, run.accumulates[0]) }
    }
  }
}
