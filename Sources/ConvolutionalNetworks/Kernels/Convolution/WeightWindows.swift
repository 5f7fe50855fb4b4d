internal import CFVKernels

/// The windows of a convolution of square kernels as Winograd's transform reads them: a row for each channel that is
/// summed over, a column for each that is computed.
struct WeightWindows: Sendable {
  /// Channels that are summed over.
  let inner: Int
  /// Channels that are computed.
  let columns: Int
  /// The columns that are multiplied together.
  let panels: [WeightPanels.Panel]
  /// The rows that are transformed together.
  let parts: [Range<Int>]
  /// The windows of the way forward, a row for each channel and cell: they serve either way.
  private let packed: WeightPanels
  /// The side of a window.
  let side: Int
  private let isTurned: Bool

  /// Rows that are transformed at once: a part of the transformed windows should fit a core's cache.
  static let mostRows = 64

  /// The windows of the way forward; `packed` is what `pack` made, in panels of `columns`.
  init(packed: Tensor, side: Int, inner: Int, columns: Int) {
    self.inner = inner
    self.columns = columns
    self.side = side
    isTurned = false
    panels = WeightPanels.evenPanels(columns: columns)
    parts = stride(from: 0, to: inner, by: Self.mostRows).map {
      $0..<min($0 + Self.mostRows, inner)
    }
    self.packed = WeightPanels(
      inner: inner * side * side, columns: columns, panels: panels, elements: packed)
  }

  /// Those of the way back: with the channels exchanged and the last cell first.
  private init(turning forward: WeightWindows) {
    (inner, columns) = (forward.columns, forward.inner)
    side = forward.side
    isTurned = true
    panels = WeightPanels.evenPanels(columns: columns)
    let rows = inner
    parts = forward.panels.map { $0.column..<min($0.column + $0.width, rows) }
    packed = forward.packed
  }

  /// The windows of the way back, read from the same memory.
  var turned: WeightWindows { WeightWindows(turning: self) }

  /// The elements of windows of shape `[inner · side², columns]` in panels.
  static func pack(_ windows: Tensor) -> Tensor {
    WeightPanels.pack(windows, panels: WeightPanels.evenPanels(columns: windows.shape[1]))
  }

  private var cells: Int { side * side }

  /// Transforms a part of a panel into a matrix for each cell of a tile, `distance` apart.
  func transform(
    _ part: Range<Int>, of panel: WeightPanels.Panel, tile: cfv_winograd_tile,
    into matrices: UnsafeMutablePointer<Float>, distance: Int
  ) {
    let source = memory(part, of: panel)
    if isTurned {
      cfv_winograd_turned_windows(
        source.start, tile, source.width, part.count, columns - panel.column, panel.width, matrices,
        distance)
    } else {
      cfv_winograd_windows(source.start, tile, part.count, panel.width, matrices, distance)
    }
  }

  /// Where a part of a panel lies.
  func memory(_ part: Range<Int>, of panel: WeightPanels.Panel) -> cfv_next_reads {
    // On the way back a panel's columns are rows of the panel whose columns the part is.
    let (rows, width, column) =
      isTurned
      ? (
        panel.column..<min(panel.column + panel.width, columns),
        packed.width(ofPanelAt: part.lowerBound), part.lowerBound
      )
      : (part, panel.width, panel.column)
    return cfv_next_reads(
      start: packed.start(column) + rows.lowerBound * cells * width, runs: rows.count * cells,
      step: width, width: width)
  }
}
