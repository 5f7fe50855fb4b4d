internal import CFVKernels

/// Softmax or its logarithm of rows that lie together in memory: classes, and the scores of attention.
struct RowSoftmaxKernel: Kernel {
  let rows: Int
  let width: Int
  let isLogarithmic: Bool

  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 12

  var pullbackReads: PullbackReads { .outputs }

  func forward(_ run: KernelRun) {
    run.forEachBlock(ofRows: rows, width: width, elements: Self.chunk) { first, count, _ in
      cfv_softmax_rows(
        run.inputs[0] + first * width, run.outputs[0] + first * width, count, width,
        isLogarithmic ? 1 : 0)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    run.forEachBlock(ofRows: rows, width: width, elements: Self.chunk) { first, count, _ in
      cfv_pull_back_softmax_rows(
        run.outputs[0] + first * width, output + first * width, gradient + first * width, count,
        width, isLogarithmic ? 1 : 0, run.accumulates[0] ? 1 : 0)
    }
  }
}
