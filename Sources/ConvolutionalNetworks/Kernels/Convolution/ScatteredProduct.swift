internal import CFVKernels

/// The pullback of a convolution in steps of more than 1: products whose columns are the cells of the windows, added
/// to the map they were gathered from (col2im).
struct ScatteredProduct: MapProduct {
  /// The convolution's own windows: this product writes the map they slide over.
  let output: WindowGeometry
  let weights: WeightPanels
  let path: ProductPath

  /// `weights` have a row for each channel of the gradient, a column for each cell and channel of the windows.
  init(output: WindowGeometry, weights: WeightPanels, path: ProductPath) {
    self.output = output
    self.weights = weights
    self.path = path
  }

  /// Positions whose products are held at once.
  private var rowsAtOnce: Int {
    min(output.positions, max(16, ConvolutionGeometry.columnBudget / weights.columns / 8 * 8))
  }
  private var packedCount: Int { cfv_packed_rows_count(rowsAtOnce, weights.inner) }

  private var productCount: Int { rowsAtOnce * weights.columns }

  var scratchCount: Int {
    packedCount + productCount + cfv_lists_count(rowsAtOnce, weights.inner, weights.columns)
  }

  /// Output rows of a band: enough that its windows do not reach over its neighbour.
  private var bandHeight: Int {
    let axis = output.vertical
    let reach = (axis.dilation * (axis.kernel - 1)) / axis.stride + 1
    return max(reach, (axis.output + 11) / 12)
  }
  private var bands: Int { (output.vertical.output + bandHeight - 1) / bandHeight }

  func compute(
    _ run: KernelRun, from source: UnsafePointer<Float>, through gate: cfv_gate,
    into target: UnsafeMutablePointer<Float>, finish: cfv_finish
  ) {
    if finish.accumulates == 0 {
      let rows = output.batch * output.vertical.input
      let count = output.horizontal.input * output.channels
      run.forEachChunk(rows) { row, _ in (target + row * count).update(repeating: 0, count: count) }
    }
    // Bands of output rows may share input rows with their neighbours, but not with the next but one.
    for parity in 0..<min(2, bands) {
      let bandsNow = (bands - parity + 1) / 2
      run.forEachChunk(output.batch * bandsNow) { chunk, worker in
        let image = chunk / bandsNow
        scatterBand(
          chunk % bandsNow * 2 + parity,
          source + image * output.positions * path.sourceStep,
          gate.starting(at: image * output.positions, step: path.sourceStep),
          target + image * output.imageCount, run.scratch(worker))
      }
    }
  }

  private func scatterBand(
    _ band: Int, _ source: UnsafePointer<Float>, _ gate: cfv_gate,
    _ image: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
  ) {
    var window = output.window
    // A single cell is added where it belongs at once.
    let isPointwise =
      output.cells == 1
      && [output.vertical, output.horizontal].allSatisfy {
        $0.paddingBefore == 0 && $0.paddingAfter == 0
      }
    var plain = cfv_finish.plain(accumulating: isPointwise)
    let (inner, columns) = (weights.inner, weights.columns)
    let products = scratch + packedCount
    let lists = products + productCount
    let width = output.horizontal.output
    let end = min((band + 1) * bandHeight * width, output.positions)
    var row = band * bandHeight * width
    while row < end {
      // Neighbours in the map are equally far apart only within a row of it.
      let rows = min(rowsAtOnce, isPointwise ? width - row % width : end - row)
      var gate = gate.starting(at: row, step: path.sourceStep)
      cfv_pack_gated_rows(
        &gate, source + row * path.sourceStep, path.sourceStep, rows, inner, scratch)
      if isPointwise {
        cfv_multiply_rows(
          scratch, rows, inner, weights.start(0), columns, image + cell(of: row), cellStep, &plain,
          lists)
        row += rows
        continue
      }
      cfv_multiply_rows(
        scratch, rows, inner, weights.start(0), columns, products, columns, &plain, lists)
      cfv_columns_to_image(&window, products, row, row + rows, 0, output.channels, image)
      row += rows
    }
  }

  /// Where a 1×1 window at an output position lies in the image; windows never lie in the padding.
  private func cell(of position: Int) -> Int {
    let width = output.horizontal.output
    let y = position / width * output.vertical.stride
    let x = position % width * output.horizontal.stride
    return (y * output.horizontal.input + x) * output.channels
  }

  private var cellStep: Int { output.horizontal.stride * output.channels }
}
