internal import CFVKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// What cells along one axis of a picture become: each of the output's is a blend of as many of the input's.
struct AxisBlend {
  private let shares: Int
  private let cells: [Int32]
  private let weights: [Float]

  private init(shares: Int, cells: [Int32], weights: [Float]) {
    self.shares = shares
    self.cells = cells
    self.weights = weights
  }

  /// Bilinear sampling: the cells first ..< first + count of an axis sampled at `step · index + start`, held inside `input` cells.
  init(_ input: Int, from first: Int, count: Int, step: Float, start: Float) {
    var (cells, weights): ([Int32], [Float]) = ([], [])
    for index in first..<first + count {
      let place = min(max(step * Float(index) + start, 0), Float(input - 1))
      let cell = place.rounded(.down)
      cells += [Int32(cell), min(Int32(cell) + 1, Int32(input - 1))]
      weights += [1 - (place - cell), place - cell]
    }
    self.init(shares: 2, cells: cells, weights: weights)
  }

  /// A Gaussian of 2 · radius + 1 cells about each of `count`, which are mirrored behind the edge (c b a | a b c).
  static func gaussian(_ count: Int, sigma: Double, radius: Int) -> AxisBlend {
    let kernel = (-radius...radius).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = kernel.reduce(0, +)
    let mirrored = Rearrangement.mirrored(count, padding: radius, isEdgeRepeated: true)
    return AxisBlend(
      shares: kernel.count,
      cells: (0..<count).flatMap { cell in mirrored[cell...cell + 2 * radius].map { Int32($0) } },
      weights: (0..<count).flatMap { _ in kernel.map { Float($0 / sum) } })
  }

  /// The transposed blend, from as many cells as this has to `input` cells.
  func transposed(_ input: Int) -> AxisBlend {
    var counts = [Int](repeating: 0, count: input)
    for (cell, weight) in zip(cells, weights) where weight != 0 { counts[Int(cell)] += 1 }
    // Every cell has as many shares as the one that has most, so that loops over them are of one length.
    let most = max(1, counts.max() ?? 1)
    var transposed = [Int32](repeating: 0, count: most * input)
    var shares = [Float](repeating: 0, count: most * input)
    counts = [Int](repeating: 0, count: input)
    for (place, cell) in cells.enumerated() where weights[place] != 0 {
      let next = Int(cell) * most + counts[Int(cell)]
      transposed[next] = Int32(place / self.shares)
      shares[next] = weights[place]
      counts[Int(cell)] += 1
    }
    return AxisBlend(shares: most, cells: transposed, weights: shares)
  }

  /// Calls `body` with what C takes.
  func withBlend<Result>(_ body: (cfv_blend) -> Result) -> Result {
    cells.withUnsafeBufferPointer { cells in
      weights.withUnsafeBufferPointer { weights in
        body(cfv_blend(shares: shares, cells: cells.baseAddress, weights: weights.baseAddress))
      }
    }
  }
}
