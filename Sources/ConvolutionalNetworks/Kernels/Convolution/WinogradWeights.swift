internal import CFVKernels

/// The windows of a convolution as Winograd's algorithm multiplies them: a matrix for each cell of a tile,
/// `inner × columns`, in panels.
///
/// Small ones are transformed once. Large ones would take four times the memory and be read from it again at each step,
/// which costs more than transforming them part by part into a core's cache.
struct WinogradWeights: Sendable {
  /// Input channels.
  let inner: Int
  /// Output channels.
  let columns: Int
  /// The tiles that they are transformed for.
  let tile: cfv_winograd_tile
  let panels: [WeightPanels.Panel]
  private let source: Source

  private enum Source {
    case transformed(Tensor)
    case windows(WeightWindows)
  }

  /// The most weights of which the transformed ones are kept, for few tiles of a map and for so many that they would be
  /// transformed for several groups of tiles.
  private static let transformedLimits = (few: 1 << 14, many: 1 << 16)
  private static let manyTiles = 100

  /// Weights that are transformed at each step.
  init(_ windows: WeightWindows, tile: cfv_winograd_tile) {
    self.init(
      inner: windows.inner, columns: windows.columns, tile: tile,
      source: .windows(windows))
  }

  /// Weights that `transform` has transformed.
  init(inner: Int, columns: Int, tile: cfv_winograd_tile, transformed: Tensor) {
    self.init(inner: inner, columns: columns, tile: tile, source: .transformed(transformed))
  }

  private init(inner: Int, columns: Int, tile: cfv_winograd_tile, source: Source) {
    self.inner = inner
    self.columns = columns
    self.tile = tile
    self.source = source
    panels = WeightPanels.evenPanels(columns: columns)
  }

  /// The cells of a tile.
  var cells: Int { cfv_winograd_cells(tile) }

  /// All matrices of all panels.
  static func transform(_ windows: WeightWindows, tile: cfv_winograd_tile) -> Tensor {
    let cells = cfv_winograd_cells(tile)
    let count = windows.panels.reduce(0) { $0 + cells * distance(rows: windows.inner, $1) }
    return Tensor(shape: [count]) { target in
      guard var next = target.baseAddress else { return }
      for panel in windows.panels {
        let distance = distance(rows: windows.inner, panel)
        for part in windows.parts {
          windows.transform(
            part, of: panel, tile: tile, into: next + part.lowerBound * panel.width,
            distance: distance)
        }
        next += cells * distance
      }
    }
  }

  /// From one cell's matrix to the next, an odd number of cache lines.
  private static func distance(rows: Int, _ panel: WeightPanels.Panel) -> Int {
    rows * panel.width + 16
  }

  /// Whether the weights of a layer are transformed part by part at each step. Sums are taken part by part then, so that
  /// it is decided by the tiles of one map alone.
  static func transformsAtEachStep(inner: Int, columns: Int, tiles: Int) -> Bool {
    inner * columns > (tiles < manyTiles ? transformedLimits.few : transformedLimits.many)
  }

  /// Whether parts are transformed at each step, which many tiles should share.
  var transformsAtEachStep: Bool {
    if case .windows = source { true } else { false }
  }

  /// The `Float`s a worker needs to transform a part.
  var scratchCount: Int {
    transformsAtEachStep ? cells * (WeightWindows.mostRows * Int(CFV_PANEL_COLUMNS) + 16) : 0
  }

  /// Some rows of the matrices of one panel, and what is read after them.
  struct Part {
    let matrices: UnsafePointer<Float>
    /// From one matrix to the next.
    let distance: Int
    let rows: Range<Int>
    let next: cfv_next_reads
  }

  /// Calls `body` with the matrices of one panel, all rows at once or part by part.
  func forEachPart(
    of panel: WeightPanels.Panel, scratch: UnsafeMutablePointer<Float>, _ body: (Part) -> Void
  ) {
    switch source {
    case .transformed(let matrices):
      // Each matrix of each panel before has an odd line.
      let before = panels.prefix { $0.column < panel.column }.count
      body(
        Part(
          matrices: matrices.unsafeElements + cells * (panel.column * inner + before * 16),
          distance: Self.distance(rows: inner, panel), rows: 0..<inner, next: .nothing))
    case .windows(let windows):
      // A worker mostly goes on with the next panel.
      let following = panels.first { $0.column == panel.column + panel.width }
      for (index, rows) in windows.parts.enumerated() {
        let distance = Self.distance(rows: rows.count, panel)
        windows.transform(rows, of: panel, tile: tile, into: scratch, distance: distance)
        let next =
          index + 1 < windows.parts.count
          ? windows.memory(windows.parts[index + 1], of: panel)
          : following.map { windows.memory(windows.parts[0], of: $0) }
        body(Part(matrices: scratch, distance: distance, rows: rows, next: next ?? .nothing))
      }
    }
  }
}

extension cfv_next_reads {
  fileprivate static var nothing: Self { Self(start: nil, runs: 0, step: 0, width: 0) }
}
