import FeatureVisualization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Who is how near to whom among samples: weights 0…1 between each sample and its nearest ones by cosine.
///
/// From i to j it is `exp(−max(0, d − ρᵢ) / σᵢ)`, with ρᵢ the distance to the nearest other sample and σᵢ such that the
/// weights of i add up to log₂ k; either way counts: `w = a + b − a b`.
/// McInnes, Healy and Melville 2018, https://arxiv.org/abs/1802.03426.
struct NeighbourGraph {
  struct Edge {
    let from: Int
    let to: Int
    let weight: Double
  }

  /// Both ways of each pair, in order of `from` and then of `to`.
  let edges: [Edge]

  /// - Parameter neighbours: k, each sample itself counted, as the method's authors count.
  init(of vectors: Matrix, neighbours: Int) {
    let count = min(neighbours, vectors.rows)
    let near = Self.nearest(vectors, count)
    var strengths: [[Int: Double]] = []
    for neighbours in near { strengths.append(Self.strengths(neighbours, count)) }
    var edges: [Edge] = []
    var incoming = [[Int]](repeating: [], count: vectors.rows)
    for (from, strengths) in strengths.enumerated() {
      for to in strengths.keys { incoming[to].append(from) }
    }
    for from in strengths.indices {
      for to in Set(strengths[from].keys).union(incoming[from]).sorted() {
        let (a, b) = (strengths[from][to] ?? 0, strengths[to][from] ?? 0)
        edges.append(Edge(from: from, to: to, weight: a + b - a * b))
      }
    }
    self.edges = edges
  }

  /// The nearest samples of each, itself left out, nearest first, the first of equally near ones.
  private static func nearest(_ vectors: Matrix, _ count: Int) -> [[(Int, Double)]] {
    var unit = vectors
    unit.forEachRow { _, numbers in
      let length = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { return }
      for index in numbers.indices { numbers[index] /= length }
    }
    let (rows, width) = (vectors.rows, vectors.columns)
    // Both columns of each row: the neighbours' numbers and their distances.
    var found = Matrix(rows: rows, columns: 2 * max(0, count - 1))
    found.forEachRow { row, places in
      unit.elements.withUnsafeBufferPointer { unit in
        var distances = [Double](repeating: 0, count: rows)
        for other in 0..<rows {
          var sum = 0.0
          for k in 0..<width { sum += unit[row * width + k] * unit[other * width + k] }
          distances[other] = max(0, 1 - sum)
        }
        let order = (0..<rows).filter { $0 != row }
          .sorted { (distances[$0], $0) < (distances[$1], $1) }
        for (place, other) in order.prefix(count - 1).enumerated() {
          places[2 * place] = Double(other)
          places[2 * place + 1] = distances[other]
        }
      }
    }
    return (0..<rows).map { row in
      (0..<max(0, count - 1)).map { (Int(found[row, 2 * $0]), found[row, 2 * $0 + 1]) }
    }
  }

  private static func strengths(_ neighbours: [(Int, Double)], _ count: Int) -> [Int: Double] {
    let distances = neighbours.map(\.1)
    let nearest = distances.first { $0 > 0 } ?? 0
    let mean = distances.reduce(0, +) / Double(max(1, distances.count + 1))
    let target = log2(Double(count))
    func sum(_ width: Double) -> Double {
      distances.reduce(0) { $0 + ($1 > nearest ? exp(-($1 - nearest) / width) : 1) }
    }
    var (low, high, width) = (0.0, Double.infinity, 1.0)
    for _ in 0..<64 {
      let excess = sum(width) - target
      if abs(excess) < 1e-5 { break }
      if excess > 0 { high = width } else { low = width }
      width = high.isFinite ? (low + high) / 2 : 2 * width
    }
    width = max(width, 1e-3 * mean)
    var result: [Int: Double] = [:]
    for (other, distance) in neighbours {
      result[other] = distance <= nearest || width == 0 ? 1 : exp(-(distance - nearest) / width)
    }
    return result
  }
}
