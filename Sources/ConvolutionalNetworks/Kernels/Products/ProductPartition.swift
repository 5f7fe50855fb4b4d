internal import CFVKernels

/// How a product of `rows × columns` is cut into chunks that many threads share: those of a cost model's least cost.
///
/// No sum is cut, so that all are the same for any number of threads.
struct ProductPartition: Sendable {
  let rows: Int
  /// Rows of one chunk; the last may have fewer.
  let rowsPerChunk: Int
  /// The columns of each part.
  let parts: [Range<Int>]
  /// Whether the maps are larger than the weights: the larger of the two should stay with its worker.
  private let mapsAreLarger: Bool

  private static let fewestRows = 8
  private static let mostRows = 256
  private static let mostParts = 16
  /// Packed rows of a chunk.
  private static let mostPacked = 1 << 18

  init(rows: Int, inner: Int, columns: Int) {
    self.rows = rows
    mapsAreLarger = rows * (inner + columns) > inner * columns
    let tile = Int(CFV_TILE_ROWS)
    let cuts = (1...Self.mostParts).compactMap { count in
      Self.parts(columns: columns, count: count).map { (parts: $0, widths: $0.map(\.count)) }
    }
    let most = min(
      max(Self.mostPacked / max(inner, 1) / tile * tile, 2 * tile), Self.mostRows,
      (rows + tile - 1) / tile * tile)
    let threads = WorkerPool.threadCount
    let fewest = max(1, (rows + most - 1) / most)
    var best = (cost: Double.infinity, rows: most, parts: [0..<columns])
    for chunks in fewest...max(2 * fewest, 8 * threads) {
      let rowsPerChunk = (rows + chunks - 1) / chunks
      if chunks > fewest && rowsPerChunk < Self.fewestRows { break }
      for cut in cuts {
        let cost = ProductPartitionCost(
          rows: rows, inner: inner, parts: cut.widths, rowsPerChunk: rowsPerChunk,
          threads: threads
        ).cost
        if cost < best.cost { best = (cost, rowsPerChunk, cut.parts) }
      }
    }
    (rowsPerChunk, parts) = (best.rows, best.parts)
  }

  /// So many parts of as many panels, if each has the panels that its columns would have alone.
  static func parts(columns: Int, count: Int) -> [Range<Int>]? {
    let panels = WeightPanels.panels(columns: columns)
    guard count <= panels.count else { return nil }
    let parts = (0..<count).map { part in
      let first = panels[part * panels.count / count].column
      let next = (part + 1) * panels.count / count
      return first..<(next < panels.count ? panels[next].column : columns)
    }
    let starts = parts.flatMap { part in
      WeightPanels.panels(columns: part.count).map { part.lowerBound + $0.column }
    }
    return starts == panels.map(\.column) ? parts : nil
  }

  /// Shares the chunks among the workers: to one worker neighbours in the map, or else neighbouring columns.
  func forEachChunk(
    _ run: KernelRun, _ body: (_ rows: Range<Int>, _ columns: Range<Int>, _ worker: Int) -> Void
  ) {
    let rowChunks = (rows + rowsPerChunk - 1) / rowsPerChunk
    let grid = BandedGrid(
      places: rowChunks, layers: parts.count, bands: mapsAreLarger ? run.threads : 1)
    run.forEachChunk(grid.count) { chunk, worker in
      let (place, layer) = grid[chunk]
      let first = place * rowsPerChunk
      body(first..<min(first + rowsPerChunk, rows), parts[layer], worker)
    }
  }
}
