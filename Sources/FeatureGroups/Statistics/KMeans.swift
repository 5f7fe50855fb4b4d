import FeatureVisualization

/// Clusters of samples about their means, the best of several starts.
///
/// A start draws its centres one after another, each sample as likely as its squared distance to the centres before
/// (k-means++); then samples go to the nearest centre, the first of equally near ones, and centres to the mean of theirs, until
/// none moves. A cluster that loses all samples keeps its centre.
/// Arthur and Vassilvitskii 2007, https://theory.stanford.edu/~sergei/papers/kMeansPP-soda.pdf.
struct KMeans {
  /// The means, `[count, d]`.
  private(set) var centers: Matrix
  /// The samples of each.
  private(set) var sizes: [Int] = []
  /// The sum of squared distances to the own centre.
  private(set) var spread = Double.infinity

  init(of samples: Matrix, count: Int, starts: Int, seed: UInt64) {
    centers = Matrix(rows: count, columns: samples.columns)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<starts {
      var centers = Self.start(samples, count, &generator)
      var members: [Int] = []
      for _ in 0..<300 {
        let nearest = (0..<samples.rows).map { Self.nearest(to: samples.row($0), in: centers) }
        if nearest == members { break }
        members = nearest
        Self.move(&centers, samples, members)
      }
      let spread = (0..<samples.rows).reduce(0.0) {
        $0 + Self.distance(samples.row($1), centers.row(members[$1]))
      }
      if spread < self.spread {
        (self.centers, self.spread) = (centers, spread)
        sizes = (0..<count).map { cluster in members.count { $0 == cluster } }
      }
    }
  }

  private static func start(
    _ samples: Matrix, _ count: Int, _ generator: inout SeededGenerator
  ) -> Matrix {
    var chosen = [generator.integer(in: 0...samples.rows - 1)]
    var distances = [Double](repeating: .infinity, count: samples.rows)
    while chosen.count < count {
      for row in 0..<samples.rows {
        distances[row] = min(
          distances[row], distance(samples.row(row), samples.row(chosen[chosen.count - 1])))
      }
      var rest = generator.uniform() * distances.reduce(0, +)
      let drawn = distances.firstIndex { distance in
        rest -= distance
        return rest < 0
      }
      chosen.append(drawn ?? chosen[0])
    }
    return Matrix(
      rows: count, columns: samples.columns, elements: chosen.flatMap { samples.row($0) })
  }

  private static func move(_ centers: inout Matrix, _ samples: Matrix, _ members: [Int]) {
    for cluster in 0..<centers.rows {
      let inside = members.indices.filter { members[$0] == cluster }
      guard !inside.isEmpty else { continue }
      for column in 0..<centers.columns {
        centers[cluster, column] =
          inside.reduce(0) { $0 + samples[$1, column] } / Double(inside.count)
      }
    }
  }

  private static func nearest(to sample: ArraySlice<Double>, in centers: Matrix) -> Int {
    let distances = (0..<centers.rows).map { distance(sample, centers.row($0)) }
    return distances.indices.min { (distances[$0], $0) < (distances[$1], $1) } ?? 0
  }

  private static func distance(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}
