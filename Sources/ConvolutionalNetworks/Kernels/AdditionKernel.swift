internal import CFVKernels

/// The sum of two arrays of one shape and the activation after it, in one pass each way.
struct AdditionKernel: Kernel {
  let count: Int
  let epilogue: Epilogue

  /// Elements of one chunk.
  private static let chunk = 1 << 13

  var pullbackReads: PullbackReads { epilogue.isActivated ? .outputs : [] }

  func forward(_ run: KernelRun) {
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      epilogue.withParameters {
        cfv_add_maps(
          &$0, run.inputs[0] + first, run.inputs[1] + first, run.outputs[0] + first, count)
      }
    }
  }

  func pullback(_ run: KernelRun) {
    guard let output = run.outputGradients[0] else { return }
    let (left, right) = (run.inputGradients[0], run.inputGradients[1])
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      epilogue.withParameters {
        cfv_pull_back_add_maps(
          &$0, run.outputs[0] + first, output + first, left.map { $0 + first },
          run.accumulates[0] ? 1 : 0, right.map { $0 + first }, run.accumulates[1] ? 1 : 0, count)
      }
    }
  }
}
