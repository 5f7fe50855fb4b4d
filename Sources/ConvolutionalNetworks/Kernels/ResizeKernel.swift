internal import CFVKernels

extension Resize: CompilableOperation {
  package var arrangementRule: ArrangementRule { .following }

  package func makeKernel(_ context: KernelContext) throws(ShapeError) -> any Kernel {
    let resamplings = try axisResamplings(for: context.logicalInputs[0])
    let order = context.arrangement.permutation(rank: resamplings.count)
    return ResizeKernel(
      shape: context.inputs[0], resamplings: order.map { resamplings[$0] },
      extrapolation: extrapolation)
  }

  /// The shares of each cell along each axis, there and back.
  package func heldCount(_ context: KernelContext) -> Int {
    zip(context.inputs[0], context.outputs[0]).reduce(0) { $0 + 16 * ($1.0 + $1.1) }
  }
}

/// Resamples one axis after another; the pullback goes the same way back with the transposed weights.
struct ResizeKernel: Kernel {
  private let passes: [ResamplingPass]
  /// Where the result of each pass but the last lies in the kernel's state.
  private let offsets: [Int]
  private let count: Int
  let stateCount: Int

  /// For a value of shape `shape` in memory order.
  init(shape: [Int], resamplings: [Resize.AxisResampling], extrapolation: Float) {
    // Axes that shrink go first, so that the others have less to do.
    let axes = resamplings.indices.filter { !resamplings[$0].isIdentity }
      .sorted { left, right in
        let (l, r) = (resamplings[left], resamplings[right])
        return (l.output * r.input, left) < (r.output * l.input, right)
      }
    var passes: [ResamplingPass] = []
    var offsets: [Int] = []
    var stateCount = 0
    var shape = shape
    count = shape.reduce(1, *)
    for axis in axes {
      passes.append(
        ResamplingPass(resamplings[axis], shape: shape, axis: axis, outside: extrapolation))
      shape[axis] = resamplings[axis].output
      offsets.append(stateCount)
      if passes.count < axes.count { stateCount += (shape.reduce(1, *) + 15) / 16 * 16 }
    }
    self.passes = passes
    self.offsets = offsets
    self.stateCount = stateCount
  }

  var pullbackReads: PullbackReads { [] }

  func forward(_ run: KernelRun) {
    guard !passes.isEmpty else {
      add(run.inputs[0], to: run.outputs[0], count, false)
      return
    }
    var input = run.inputs[0]
    for (index, pass) in passes.enumerated() {
      let output = index == passes.count - 1 ? run.outputs[0] : run.state + offsets[index]
      pass.forward(run, from: input, to: output)
      input = UnsafePointer(output)
    }
  }

  func pullback(_ run: KernelRun) {
    guard let gradient = run.inputGradients[0], var output = run.outputGradients[0] else { return }
    guard !passes.isEmpty else {
      add(output, to: gradient, count, run.accumulates[0])
      return
    }
    for index in passes.indices.reversed() {
      let input = index == 0 ? gradient : run.state + offsets[index - 1]
      passes[index].pullback(
        run, from: output, to: input, accumulating: index == 0 && run.accumulates[0])
      output = input
    }
  }
}

/// One axis of an array resampled, the others left alone.
private struct ResamplingPass: Sendable {
  private let starts: [Int32]
  private let cells: [Int32]
  private let weights: [Float]
  private let outside: Float
  private let input: Int
  private let output: Int
  /// The arrays before the axis, and the elements of one of its cells.
  private let outer: Int
  private let step: Int

  /// Elements of one chunk, more or less.
  private static let chunk = 1 << 14

  init(_ resampling: Resize.AxisResampling, shape: [Int], axis: Int, outside: Float) {
    var starts: [Int32] = [0]
    var cells: [Int32] = []
    var weights: [Float] = []
    for mixture in resampling.mixtures {
      for share in mixture ?? [] {
        cells.append(Int32(share.cell))
        weights.append(Float(share.weight))
      }
      starts.append(Int32(cells.count))
    }
    self.starts = starts
    self.cells = cells
    self.weights = weights
    self.outside = outside
    input = resampling.input
    output = resampling.output
    outer = shape[..<axis].reduce(1, *)
    step = shape[(axis + 1)...].reduce(1, *)
  }

  func forward(
    _ run: KernelRun, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) {
    forEachBlock(run) { axis, index, column, columns in
      cfv_resample(
        &axis, source + index * input * step + column, target + index * output * step + column,
        step, columns)
    }
  }

  func pullback(
    _ run: KernelRun, from source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>,
    accumulating: Bool
  ) {
    forEachBlock(run) { axis, index, column, columns in
      cfv_pull_back_resample(
        &axis, source + index * output * step + column, target + index * input * step + column,
        step, columns, accumulating ? 1 : 0)
    }
  }

  /// Shares blocks of the arrays before the axis and of the elements of a cell.
  private func forEachBlock(
    _ run: KernelRun,
    _ body: (_ axis: inout cfv_resampling, _ index: Int, _ column: Int, _ columns: Int) -> Void
  ) {
    let width = min(step, max(64, Self.chunk / max(input, output) / 64 * 64))
    let columnBlocks = (step + width - 1) / width
    let height = max(1, Self.chunk / (max(input, output) * width))
    let rowBlocks = (outer + height - 1) / height
    starts.withUnsafeBufferPointer { starts in
      cells.withUnsafeBufferPointer { cells in
        weights.withUnsafeBufferPointer { weights in
          let axis = cfv_resampling(
            input: input, output: output, starts: starts.baseAddress, cells: cells.baseAddress,
            weights: weights.baseAddress, outside: outside)
          run.forEachChunk(rowBlocks * columnBlocks) { chunk, _ in
            var axis = axis
            let column = chunk % columnBlocks * width
            let first = chunk / columnBlocks * height
            for index in first..<min(first + height, outer) {
              body(&axis, index, column, min(width, step - column))
            }
          }
        }
      }
    }
  }
}
