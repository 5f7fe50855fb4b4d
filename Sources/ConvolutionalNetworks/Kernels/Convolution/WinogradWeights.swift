internal import CFVKernels

/// The windows of a convolution as Winograd's algorithm multiplies them: 36 matrices, `inner × columns`, in panels.
///
/// Small ones are transformed once. Large ones would take four times the memory and be read from it again at each step,
/// which costs more than transforming them part by part into a core's cache.
struct WinogradWeights: Sendable {
  /// Input channels.
  let inner: Int
  /// Output channels.
  let columns: Int
  let panels: [WeightPanels.Panel]
  private let source: Source

  private enum Source {
    case transformed(Tensor)
    /// A row for each input channel and cell.
    case windows(WeightPanels, side: Int)
  }

  /// The most weights of which the transformed ones are kept.
  private static let transformedLimit = 1 << 14
  /// Input channels that are transformed at once otherwise, a multiple of 16.
  private static let rowsAtOnce = 64

  /// - Parameter elements: what `prepare` made.
  init(inner: Int, columns: Int, side: Int, elements: Tensor) {
    self.inner = inner
    self.columns = columns
    panels = WeightPanels.evenPanels(columns: columns)
    source =
      Self.transformsAtEachStep(inner: inner, columns: columns)
      ? .windows(
        WeightPanels(
          inner: inner * side * side, columns: columns, panels: panels, elements: elements),
        side: side)
      : .transformed(elements)
  }

  /// Packs, and if they are few transforms, weights of a row for each input channel and cell, a column for each output
  /// channel.
  static func prepare(_ matrix: Tensor, side: Int) -> Tensor {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    let inner = rows / (side * side)
    let panels = WeightPanels.evenPanels(columns: columns)
    let packed = WeightPanels.pack(matrix, panels: panels)
    guard !transformsAtEachStep(inner: inner, columns: columns) else { return packed }
    let windows = WeightPanels(inner: rows, columns: columns, panels: panels, elements: packed)
    let count = windows.panels.reduce(0) { $0 + 36 * distance(rows: inner, $1) }
    return Tensor(shape: [count]) { target in
      guard var next = target.baseAddress else { return }
      for panel in windows.panels {
        let distance = distance(rows: inner, panel)
        cfv_winograd_windows(windows.start(panel.column), side, inner, panel.width, next, distance)
        next += 36 * distance
      }
    }
  }

  /// From one cell's matrix to the next, an odd number of cache lines.
  private static func distance(rows: Int, _ panel: WeightPanels.Panel) -> Int {
    rows * panel.width + 16
  }

  /// Whether parts are transformed at each step, which many tiles should share.
  static func transformsAtEachStep(inner: Int, columns: Int) -> Bool {
    inner * columns > transformedLimit
  }

  var transformsAtEachStep: Bool { Self.transformsAtEachStep(inner: inner, columns: columns) }

  /// The `Float`s a worker needs to transform a part.
  var scratchCount: Int {
    transformsAtEachStep ? 36 * (Self.rowsAtOnce * Int(CFV_PANEL_COLUMNS) + 16) : 0
  }

  /// Calls `body` with the 36 matrices of one panel, all rows at once or part by part.
  func forEachPart(
    of panel: WeightPanels.Panel, scratch: UnsafeMutablePointer<Float>,
    _ body: (_ matrices: UnsafePointer<Float>, _ distance: Int, _ rows: Range<Int>) -> Void
  ) {
    switch source {
    case .transformed(let matrices):
      // Each panel before has 36 odd lines.
      let before = panels.prefix { $0.column < panel.column }.count
      body(
        matrices.unsafeElements + 36 * (panel.column * inner + before * 16),
        Self.distance(rows: inner, panel), 0..<inner)
    case .windows(let windows, let side):
      for first in stride(from: 0, to: inner, by: Self.rowsAtOnce) {
        let rows = first..<min(first + Self.rowsAtOnce, inner)
        let distance = Self.distance(rows: rows.count, panel)
        cfv_winograd_windows(
          windows.start(panel.column) + first * side * side * panel.width, side, rows.count,
          panel.width, scratch, distance)
        body(scratch, distance, rows)
      }
    }
  }
}
