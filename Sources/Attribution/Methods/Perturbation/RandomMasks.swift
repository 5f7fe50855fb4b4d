import FeatureVisualization

/// RISE's masks: random cells, 1 or 0, enlarged bilinearly and shifted by a random part of a cell.
struct RandomMasks {
  /// The cells along each side.
  let cells: Int
  /// The share of cells that are 1.
  let probability: Double
  let height: Int
  let width: Int
  let seed: UInt64

  /// The mask of this number, H × W in 0…1: the same whatever others are made.
  func mask(_ index: Int) -> [Float] {
    // Streams of neighbouring seeds have nothing in common: the generator mixes them.
    var generator = SeededGenerator(seed: seed ^ (UInt64(index) &* 0x9E37_79B9_7F4A_7C15))
    let grid = (0..<cells * cells).map { _ in generator.uniform() < probability ? Float(1) : 0 }
    let rows = axis(height, &generator)
    let columns = axis(width, &generator)
    var mask: [Float] = []
    mask.reserveCapacity(height * width)
    for row in rows {
      for column in columns {
        let above = blend(grid, row.first, column)
        let below = blend(grid, row.second, column)
        mask.append(above + row.share * (below - above))
      }
    }
    return mask
  }

  /// A pixel's two nearest cells along an axis, and how much the second counts.
  private typealias Place = (first: Int, second: Int, share: Float)

  private func blend(_ grid: [Float], _ row: Int, _ column: Place) -> Float {
    let (left, right) = (grid[row * cells + column.first], grid[row * cells + column.second])
    return left + column.share * (right - left)
  }

  /// The grid is enlarged by `⌈extent / cells⌉` to one cell more than the axis has, and cut at a random place.
  private func axis(_ extent: Int, _ generator: inout SeededGenerator) -> [Place] {
    let side = (extent + cells - 1) / cells
    let shift = generator.integer(in: 0...max(side - 1, 0))
    // Centres of cells correspond to centres of enlarged ones.
    let scale = Double(cells) / Double((cells + 1) * side)
    return (0..<extent).map { pixel in
      let place = (Double(pixel + shift) + 0.5) * scale - 0.5
      let clamped = min(max(place, 0), Double(cells - 1))
      let first = min(Int(clamped), cells - 1)
      return (first, min(first + 1, cells - 1), Float(clamped - Double(first)))
    }
  }
}
