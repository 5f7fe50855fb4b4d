internal import CFVKernels

/// A 1×1 convolution in steps of 1, or its pullback: a matrix product over all positions.
struct PointwiseProduct: MapProduct {
  let weights: WeightPanels
  let path: ProductPath
  let partition: ProductPartition

  init(weights: WeightPanels, path: ProductPath, rows: Int) {
    self.weights = weights
    self.path = path
    partition = ProductPartition(rows: rows, inner: weights.inner, columns: weights.columns)
  }

  private var packedCount: Int { cfv_packed_rows_count(partition.rowsPerChunk, weights.inner) }

  var passesEachOnce: Bool { partition.parts.count == 1 }

  var scratchCount: Int {
    packedCount + cfv_lists_count(partition.rowsPerChunk, weights.inner, weights.columns)
  }

  func compute(
    _ run: KernelRun, from source: UnsafePointer<Float>, through gate: cfv_gate,
    into target: UnsafeMutablePointer<Float>, finish: cfv_finish
  ) {
    let (inner, step, packedCount) = (weights.inner, path.targetStep, packedCount)
    partition.forEachChunk(run) { rows, columns, worker in
      let packed = run.scratch(worker)
      var gate = gate.starting(at: rows.lowerBound, step: path.sourceStep)
      cfv_pack_gated_rows(
        &gate, source + rows.lowerBound * path.sourceStep, path.sourceStep, rows.count, inner,
        packed)
      var finish = finish.starting(at: columns.lowerBound, position: rows.lowerBound)
      cfv_multiply_rows(
        packed, rows.count, inner, weights.start(columns.lowerBound), columns.count,
        target + rows.lowerBound * step + columns.lowerBound, step, &finish,
        packed + packedCount)
    }
  }
}
