internal import CFVKernels

/// How a product of `rows × columns` is cut into chunks, by its shape alone: every sum is taken in the same order for
/// any number of threads.
struct ProductPartition: Sendable {
  let rows: Int
  /// Rows of one chunk, a multiple of a tile's.
  let rowsPerChunk: Int
  /// The columns of each part.
  let parts: [Range<Int>]

  /// Packed rows of a chunk should stay in a core's cache beside a panel.
  private static let packedBudget = 1 << 16
  /// Chunks wanted, so that they spread evenly over threads.
  private static let wanted = 12

  init(rows: Int, inner: Int, columns: Int) {
    self.rows = rows
    let tile = Int(CFV_TILE_ROWS)
    let fitting = max(Self.packedBudget / max(inner, 1) / tile * tile, 2 * tile)
    let even = ((rows + Self.wanted - 1) / Self.wanted + tile - 1) / tile * tile
    rowsPerChunk = min(fitting, max(even, 6 * tile))
    let rowChunks = (rows + rowsPerChunk - 1) / rowsPerChunk
    let panels = WeightPanels.panels(columns: columns)
    // Each part packs its rows again, which few rows make up for by few parts.
    let count = min(panels.count, (Self.wanted + rowChunks - 1) / rowChunks)
    parts = (0..<count).map { part in
      let first = panels[part * panels.count / count].column
      let next = (part + 1) * panels.count / count
      return first..<(next < panels.count ? panels[next].column : columns)
    }
  }

  /// Shares the chunks among the workers.
  func forEachChunk(
    _ run: KernelRun, _ body: (_ rows: Range<Int>, _ columns: Range<Int>, _ worker: Int) -> Void
  ) {
    let rowChunks = (rows + rowsPerChunk - 1) / rowsPerChunk
    run.forEachChunk(rowChunks * parts.count) { chunk, worker in
      let first = chunk % rowChunks * rowsPerChunk
      body(first..<min(first + rowsPerChunk, rows), parts[chunk / rowChunks], worker)
    }
  }
}
