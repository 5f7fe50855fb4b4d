internal import CFVKernels

/// A convolution of 3×3 or 5×5 windows in steps of 1, or its pullback, by Winograd's minimal filtering: tiles of 6×6 or 8×8
/// cells are transformed, multiplied cell by cell as matrices of tiles by channels, and transformed back, with a quarter
/// to a sixth of the multiplications.
struct WinogradProduct: MapProduct {
  let plan: cfv_winograd
  let tiles: Int
  let weights: WinogradWeights
  let path: ProductPath
  /// Tiles that are multiplied at once; a multiple of 8 if tiles are shared.
  private let group: Int
  /// Whether transformed tiles are kept for all panels of weights together, or each worker transforms its own.
  private let sharesTiles: Bool

  /// The most `Float`s of transformed tiles that a worker keeps for itself.
  private static let tileBudget = 36 * 4608
  /// Tiles of a group that a worker keeps for itself.
  private static let (fewestOwn, mostOwn) = (16, 24)
  /// The most tiles of a group that several panels share.
  private static let sharedGroup = 56

  /// - Parameter input: the windows over the map that is read.
  init(input: WindowGeometry, weights: WinogradWeights, path: ProductPath) {
    let grid = WinogradTiles(input, weights.tile)
    let read = path.pooledMap == .source ? 2 : 1
    let written = path.pooledMap == .target ? 2 : 1
    plan = cfv_winograd(
      tile: weights.tile, tiles_high: grid.high, tiles_wide: grid.wide,
      height: input.vertical.input / read, width: input.horizontal.input / read,
      channels: input.channels, step: path.sourceStep,
      padding_top: input.vertical.paddingBefore, padding_left: input.horizontal.paddingBefore,
      out_height: input.vertical.output / written, out_width: input.horizontal.output / written,
      out_step: path.targetStep,
      winner_step: cfv_padded_columns(written == 2 ? weights.columns : input.channels))
    tiles = grid.count
    self.weights = weights
    self.path = path
    let own = Self.ownGroup(tiles: tiles, channels: input.channels, weights: weights)
    sharesTiles = own == nil
    // A single panel leaves nothing else to share the work by.
    let most = weights.panels.count == 1 ? Self.sharedGroup / 2 : Self.sharedGroup
    let groups = (tiles + most - 1) / most
    group = own ?? ((tiles + groups - 1) / groups + 7) / 8 * 8
  }

  /// The tiles that a worker transforms for itself at once; `nil` if they are too many to do so.
  private static func ownGroup(tiles: Int, channels: Int, weights: WinogradWeights) -> Int? {
    let tile = (channels + 15) / 16 * 16 * weights.cells
    let most = tileBudget / tile / 8 * 8
    // Weights that are transformed at each step should meet all tiles at once.
    if weights.transformsAtEachStep { return tiles <= most ? tiles : nil }
    guard most >= min(tiles, fewestOwn) else { return nil }
    let wanted = min(most, mostOwn)
    guard tiles < 4 * wanted else { return wanted }
    // A few tiles are cut evenly.
    let groups = max(1, tiles / wanted)
    let even = (tiles + groups - 1) / groups
    return even <= most ? even : wanted
  }

  private var groups: Int { (tiles + group - 1) / group }
  /// From one cell's matrix to the next, an odd number of cache lines so that they spread over the cache's sets.
  private var tileDistance: Int { cfv_packed_rows_count(group, weights.inner) + 16 }
  private var productDistance: Int { group * Int(CFV_PANEL_COLUMNS) + 16 }
  private var tileCount: Int { weights.cells * tileDistance }

  var sharedCount: Int { sharesTiles ? groups * tileCount : 0 }

  var scratchCount: Int {
    (sharesTiles ? 0 : tileCount) + weights.cells * productDistance + weights.scratchCount
  }

  func compute(
    _ run: KernelRun, from source: UnsafePointer<Float>, through gate: cfv_gate,
    into target: UnsafeMutablePointer<Float>, finish: cfv_finish
  ) {
    let panels = weights.panels
    guard sharesTiles else {
      // Whoever comes to a group first transforms it for itself: that takes less time than to fetch what others have.
      let grid = BandedGrid(places: groups, layers: panels.count, bands: groups)
      withUnsafeTemporaryAllocation(of: Int.self, capacity: run.threads) { held in
        held.initialize(repeating: -1)
        run.forEachChunk(grid.count) { chunk, worker in
          let (group, panel) = grid[chunk]
          let transformed = run.scratch(worker)
          if held[worker] != group {
            transform(run, tiles(of: group), source, gate, into: transformed)
            held[worker] = group
          }
          multiply(
            run, group, transformed, by: panels[panel], transformed + tileCount, into: target,
            finish: finish)
        }
      }
      return
    }
    let blocks = (tiles + 7) / 8
    let blocksPerGroup = group / 8
    run.forEachChunk(blocks) { block, _ in
      let place = block % blocksPerGroup * cfv_packed_rows_count(8, weights.inner)
      transform(
        run, block * 8..<min(block * 8 + 8, tiles), source, gate,
        into: run.shared + block / blocksPerGroup * tileCount + place)
    }
    let grid = BandedGrid(places: groups, layers: panels.count, bands: run.threads)
    run.forEachChunk(grid.count) { chunk, worker in
      let (group, panel) = grid[chunk]
      multiply(
        run, group, run.shared + group * tileCount, by: panels[panel], run.scratch(worker),
        into: target, finish: finish)
    }
  }

  private func tiles(of group: Int) -> Range<Int> {
    group * self.group..<min(group * self.group + self.group, tiles)
  }

  /// Which of each four cells of a map won, if memory holds its maxima alone.
  private func winners(_ run: KernelRun, of map: ProductPath.PooledMap)
    -> UnsafeMutablePointer<Int8>?
  {
    guard path.pooledMap == map else { return nil }
    return UnsafeMutableRawPointer(run.state).assumingMemoryBound(to: Int8.self)
  }

  private func transform(
    _ run: KernelRun, _ range: Range<Int>, _ source: UnsafePointer<Float>,
    _ gate: cfv_gate,
    into transformed: UnsafeMutablePointer<Float>
  ) {
    withUnsafePointer(to: plan) { plan in
      withUnsafePointer(to: gate) { gate in
        cfv_winograd_input(
          plan, gate, source, winners(run, of: .source), range.lowerBound, range.count,
          transformed, tileDistance)
      }
    }
  }

  private func multiply(
    _ run: KernelRun, _ group: Int, _ transformed: UnsafePointer<Float>,
    by panel: WeightPanels.Panel,
    _ scratch: UnsafeMutablePointer<Float>, into target: UnsafeMutablePointer<Float>,
    finish: cfv_finish
  ) {
    let range = tiles(of: group)
    let block = cfv_packed_rows_count(8, weights.inner)
    let products = scratch
    weights.forEachPart(of: panel, scratch: scratch + weights.cells * productDistance) { part in
      cfv_multiply_panels(
        weights.cells, transformed + part.rows.lowerBound * 8, tileDistance, block, range.count,
        part.rows.count, part.matrices, part.distance, panel.width, products, productDistance,
        part.rows.lowerBound > 0 ? 1 : 0, part.next)
    }
    var finish = finish
    withUnsafePointer(to: plan) {
      cfv_winograd_output(
        $0, products, productDistance, range.lowerBound, range.count, panel.width, panel.column,
        min(panel.width, weights.columns - panel.column), target, winners(run, of: .target), &finish
      )
    }
  }
}
