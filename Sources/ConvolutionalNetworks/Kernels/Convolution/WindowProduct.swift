internal import CFVKernels

/// Any convolution without groups as a matrix product over gathered windows (im2col), and the pullback of one in
/// steps of 1, which is a convolution with the windows turned round.
struct WindowProduct: MapProduct {
  let input: WindowGeometry
  let weights: WeightPanels
  let path: ProductPath
  let partition: ProductPartition

  init(input: WindowGeometry, weights: WeightPanels, path: ProductPath) {
    self.input = input
    self.weights = weights
    self.path = path
    partition = ProductPartition(
      rows: input.batch * input.positions, inner: weights.inner, columns: weights.columns)
  }

  private var packedCount: Int { cfv_packed_rows_count(partition.rowsPerChunk, weights.inner) }

  // A row more, in which a window is gathered by whole vectors, or lists when all are.
  var scratchCount: Int {
    packedCount
      + max(
        weights.inner + 32,
        cfv_lists_count(partition.rowsPerChunk, weights.inner, weights.columns))
  }

  func compute(
    _ run: KernelRun, from source: UnsafePointer<Float>, through gate: cfv_gate,
    into target: UnsafeMutablePointer<Float>, finish: cfv_finish
  ) {
    let (inner, step, packedCount) = (weights.inner, path.targetStep, packedCount)
    let window = input.window
    partition.forEachChunk(run) { rows, columns, worker in
      let packed = run.scratch(worker)
      withUnsafePointer(to: window) { window in
        withUnsafePointer(to: gate) { gate in
          cfv_pack_windows(
            window, gate, source, path.sourceStep, rows.lowerBound, rows.upperBound,
            packed + packedCount, packed)
        }
      }
      var finish = finish.starting(at: columns.lowerBound, position: rows.lowerBound)
      cfv_multiply_rows(
        packed, rows.count, inner, weights.start(columns.lowerBound), columns.count,
        target + rows.lowerBound * step + columns.lowerBound, step, &finish,
        packed + packedCount)
    }
  }
}
