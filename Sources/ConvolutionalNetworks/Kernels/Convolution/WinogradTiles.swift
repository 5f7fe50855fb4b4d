internal import CFVKernels

/// The tiles that Winograd's algorithm cuts the maps of a convolution into.
struct WinogradTiles {
  let tile: cfv_winograd_tile
  /// The tiles of each axis.
  let high: Int
  let wide: Int
  /// The maps.
  private let batch: Int

  init(_ windows: WindowGeometry, _ tile: cfv_winograd_tile) {
    self.tile = tile
    high = (windows.vertical.output + tile.results - 1) / tile.results
    wide = (windows.horizontal.output + tile.results - 1) / tile.results
    batch = windows.batch
  }

  /// Those of the way forward: the most exact, since rounding decides at ReLUs and maxima.
  static func forward(_ windows: WindowGeometry) -> WinogradTiles {
    WinogradTiles(windows, cfv_winograd_tile(window: windows.vertical.kernel, results: 4))
  }

  /// Those of the way back, on which nothing is decided: for large maps larger ones, which lose two bits.
  static func back(_ windows: WindowGeometry) -> WinogradTiles {
    let four = forward(windows)
    guard four.tile.window == 3, four.perMap >= many else { return four }
    let six = WinogradTiles(windows, cfv_winograd_tile(window: 3, results: 6))
    let saves = Double(six.perMap * six.cells) < (1 - saving) * Double(four.perMap * four.cells)
    return saves ? six : four
  }

  /// The fewest tiles of 4×4 results of a map that may have 6×6.
  private static let many = 400
  /// What 6×6 results have to save.
  private static let saving = 0.15

  /// The tiles of one map, by which algorithms are chosen: a picture in a batch is computed as it is alone.
  var perMap: Int { high * wide }
  /// The tiles of all maps.
  var count: Int { batch * perMap }

  /// The cells of a tile.
  var cells: Int { cfv_winograd_cells(tile) }
}
