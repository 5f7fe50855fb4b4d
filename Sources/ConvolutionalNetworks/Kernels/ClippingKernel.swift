internal import CFVKernels

/// ReLU and its like, which no layer before could apply, in one pass each way; the result tells the slope.
struct ClippingKernel: Kernel {
  let count: Int
  let epilogue: Epilogue

  /// Elements of one chunk.
  private static let chunk = 1 << 13

  var pullbackReads: PullbackReads { .outputs }

  func forward(_ run: KernelRun) {
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      epilogue.withParameters {
        cfv_map_channels(&$0, run.inputs[0] + first, run.outputs[0] + first, 0, 1, count)
      }
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      epilogue.withParameters {
        cfv_pull_back_map_channels(
          &$0, run.outputs[0] + first, output + first, 0, gradient + first, 1, count,
          run.accumulates[0] ? 1 : 0)
      }
    }
  }
}
