internal import CFVKernels

extension Dequantization: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    DequantizationKernel(
      count: context.inputs[0].reduce(1, *), grid: try PlacedGrid(grid, context))
  }

  package func heldCount(_ context: KernelContext) -> Int { PlacedGrid.count(grid, context) }
}

/// Subtracts zero points and multiplies by scales.
struct DequantizationKernel: Kernel {
  let count: Int
  let grid: PlacedGrid

  /// Elements of one chunk.
  private static let chunk = 1 << 13

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      var parameters = grid.parameters
      cfv_dequantize(&parameters, run.inputs[0] + first, run.outputs[0] + first, first, count)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      var parameters = grid.parameters
      cfv_pull_back_quantization(
        &parameters, CFV_BY_STEP, output + first, nil, gradient + first, first, count,
        run.accumulates[0] ? 1 : 0)
    }
  }
}
