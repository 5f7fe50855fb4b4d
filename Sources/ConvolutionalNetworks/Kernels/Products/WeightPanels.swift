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

  /// A matrix of `inner` rows, packed by `pack` in the same panels.
  init(inner: Int, columns: Int, panels: [Panel]? = nil, elements: Tensor) {
    self.inner = inner
    self.columns = columns
    self.elements = elements
    self.panels = panels ?? Self.panels(columns: columns)
  }

  /// The elements of a matrix of shape `[inner, columns]` in panels.
  static func pack(_ matrix: Tensor, panels: [Panel]? = nil) -> Tensor {
    let (inner, columns) = (matrix.shape[0], matrix.shape[1])
    let panels = panels ?? Self.panels(columns: columns)
    let packed = Tensor(shape: [inner * cfv_padded_columns(columns)]) { target in
      guard let base = target.baseAddress else { return }
      for panel in panels {
        cfv_pack_panel(
          matrix.unsafeElements + panel.column, columns, inner, columns - panel.column, panel.width,
          base + panel.column * inner)
      }
    }
    withExtendedLifetime(matrix) {}
    return packed
  }

  /// The panels that `columns` columns are cut into.
  static func panels(columns: Int) -> [Panel] {
    var panels: [Panel] = []
    var column = 0
    while column < columns {
      let width = cfv_panel_width(columns - column, columns)
      panels.append(Panel(column: column, width: width))
      column += width
    }
    return panels
  }

  /// An even number of panels of 48 columns and 32 where there can be one, the narrow ones spread among the wide, so
  /// that threads who each take neighbours share them evenly.
  static func evenPanels(columns: Int) -> [Panel] {
    let vectors = cfv_padded_columns(columns) / 16
    let count = (vectors + 5) / 6 * 2
    guard vectors >= 2 * count else { return panels(columns: columns) }
    let narrow = 3 * count - vectors
    var column = 0
    return (0..<count).map { index in
      let width = (index + 1) * narrow / count > index * narrow / count ? 32 : 48
      defer { column += width }
      return Panel(column: column, width: width)
    }
  }

  /// The width of the panel that begins with `column`.
  func width(ofPanelAt column: Int) -> Int { panels.first { $0.column == column }?.width ?? 0 }

  /// Where the panel that begins with `column` lies.
  func start(_ column: Int) -> UnsafePointer<Float> { elements.unsafeElements + column * inner }
}
