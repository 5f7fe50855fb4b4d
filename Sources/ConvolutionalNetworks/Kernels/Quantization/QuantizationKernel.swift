internal import CFVKernels

extension Quantization: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    QuantizationKernel(
      count: context.inputs[0].reduce(1, *), grid: try PlacedGrid(grid, range: range, context),
      writesIntegers: result == .integers)
  }

  package func heldCount(_ context: KernelContext) -> Int { PlacedGrid.count(grid, context) }
}

/// Rounds to a grid; the pullback closes where its end was passed.
struct QuantizationKernel: Kernel {
  let count: Int
  let grid: PlacedGrid
  let writesIntegers: Bool

  /// Elements of one chunk.
  private static let chunk = 1 << 13

  var pullbackReads: PullbackReads { [] }

  /// Whether nothing was clipped, a byte for each element.
  var stateCount: Int { (count + 3) / 4 }

  private func open(_ run: KernelRun) -> UnsafeMutablePointer<UInt8> {
    UnsafeMutableRawPointer(run.state).assumingMemoryBound(to: UInt8.self)
  }

  func forward(_ run: KernelRun) {
    let open = open(run)
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      var parameters = grid.parameters
      cfv_quantize(
        &parameters, writesIntegers ? 1 : 0, run.inputs[0] + first, run.outputs[0] + first,
        open + first, first, count)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], let output = run.outputGradients[0] else { return }
    let open = open(run)
    run.forEachBlock(of: count, size: Self.chunk) { first, count, _ in
      var parameters = grid.parameters
      cfv_pull_back_quantization(
        &parameters, writesIntegers ? CFV_BY_INVERSE_STEP : CFV_BY_ONE, output + first,
        open + first, gradient + first, first, count, run.accumulates[0] ? 1 : 0)
    }
  }
}
