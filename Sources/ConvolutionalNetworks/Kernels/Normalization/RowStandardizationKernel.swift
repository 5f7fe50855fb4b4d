internal import CFVKernels

/// Standardizes rows that lie together in memory: tokens, or the channels of a position.
struct RowStandardizationKernel: Kernel {
  let rows: Int
  /// A factor for each column.
  let scale: Tensor
  /// An offset for each column.
  let shift: Tensor
  let epsilon: Float
  /// Whether the mean is taken away first.
  let subtractsMean: Bool

  private var width: Int { scale.count }

  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 13

  var pullbackReads: PullbackReads { .inputs }

  /// Mean and rate of each row.
  var stateCount: Int { 2 * rows }

  func forward(_ run: KernelRun) {
    run.forEachBlock(ofRows: rows, width: width, elements: Self.chunk) { first, count, _ in
      cfv_standardize_rows(
        run.inputs[0] + first * width, scale.unsafeElements, shift.unsafeElements, epsilon,
        run.outputs[0] + first * width, run.state + 2 * first, count, width,
        subtractsMean ? 1 : 0)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    run.forEachBlock(ofRows: rows, width: width, elements: Self.chunk) { first, count, _ in
      cfv_pull_back_standardize_rows(
        run.inputs[0] + first * width, scale.unsafeElements, run.state + 2 * first,
        output + first * width, gradient + first * width, count, width, subtractsMean ? 1 : 0,
        run.accumulates[0] ? 1 : 0)
    }
  }
}
