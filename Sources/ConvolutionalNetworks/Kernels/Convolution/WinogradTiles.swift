internal import CFVKernels

/// The tiles that Winograd's algorithm cuts the maps of a convolution into.
struct WinogradTiles {
  let tile: cfv_winograd_tile
  /// The tiles of each axis.
  let high: Int
  let wide: Int
  /// The tiles of all maps.
  let count: Int

  /// The fewest tiles of 4×4 results of a map that may have 6×6.
  private static let many = 400
  /// What 6×6 results have to save: they lose two bits.
  private static let saving = 0.15

  init(_ windows: WindowGeometry) {
    let four = WinogradTiles(windows, results: 4)
    let six = WinogradTiles(windows, results: 6)
    let saves =
      Double(six.count * six.cells) < (1 - Self.saving) * Double(four.count * four.cells)
    self =
      windows.vertical.kernel == 3 && four.high * four.wide >= Self.many && saves ? six : four
  }

  private init(_ windows: WindowGeometry, results: Int) {
    tile = cfv_winograd_tile(window: windows.vertical.kernel, results: results)
    high = (windows.vertical.output + results - 1) / results
    wide = (windows.horizontal.output + results - 1) / results
    count = windows.batch * high * wide
  }

  /// The cells of a tile.
  var cells: Int { cfv_winograd_cells(tile) }
}
