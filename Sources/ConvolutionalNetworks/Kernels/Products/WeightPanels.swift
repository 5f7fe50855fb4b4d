internal import CFVKernels

/// The right factor of a product, packed in panels of columns as the tiles of registers read it.
struct WeightPanels: Sendable {
  /// Rows of the matrix: the extent that is summed over.
  let inner: Int
  /// Columns of the matrix.
  let columns: Int
  /// Where each panel starts and how wide it is; the last may be wider than the columns left.
  let panels: [Panel]
  private let elements: Tensor

  struct Panel: Sendable {
    let column: Int
    let width: Int
  }

  /// Packs a matrix of shape `[inner, columns]`.
  init(_ matrix: Tensor) {
    let (inner, columns) = (matrix.shape[0], matrix.shape[1])
    let panels = Self.panels(columns: columns)
    elements = Tensor(shape: [inner * cfv_padded_columns(columns)]) { target in
      guard let base = target.baseAddress else { return }
      for panel in panels {
        cfv_pack_panel(
          matrix.unsafeElements + panel.column, columns, inner, columns - panel.column, panel.width,
          base + panel.column * inner)
      }
    }
    withExtendedLifetime(matrix) {}
    self.inner = inner
    self.columns = columns
    self.panels = panels
  }

  /// The panels that `columns` columns are cut into.
  static func panels(columns: Int) -> [Panel] {
    var panels: [Panel] = []
    var column = 0
    while column < columns {
      let width = cfv_panel_width(columns - column)
      panels.append(Panel(column: column, width: width))
      column += width
    }
    return panels
  }

  /// Where the panel that begins with `column` lies.
  func start(_ column: Int) -> UnsafePointer<Float> { elements.unsafeElements + column * inner }
}
