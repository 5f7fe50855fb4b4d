public import FeatureVisualization

/// How clear, how alike and how mixed units are, told by vectors that stand for what they respond to.
///
///     // A row for each of the pictures that excite a unit most, by a network that tells pictures apart.
///     let clarity = try UnitStatistics.clarity(of: embeddings)
///
/// Vectors may come from any network: the activations of its last layer but one, a mean for each picture.
/// Dreyer et al. 2025, https://arxiv.org/abs/2501.05398.
public enum UnitStatistics {
  /// How alike the pictures are that excite a unit: `(|mean of unit vectors|² − 1/n) n / (n − 1)`, the mean cosine of any two
  /// of them, −1/(n − 1)…1.
  ///
  /// - Parameter examples: `[n, d]`, two rows at least; none may be 0.
  /// - Throws: `VisualizationError.invalidArgument` for anything else.
  public static func clarity(of examples: Tensor) throws(VisualizationError) -> Double {
    clarity(of: try unitVectors(examples, "examples", atLeast: 2))
  }

  /// Whether another unit responds to the same: for each unit the largest cosine to another one, and their mean.
  ///
  /// - Parameter units: `[k, d]`, a vector for each unit, such as the mean over its examples; two rows at least, none 0.
  /// - Throws: `VisualizationError.invalidArgument` for anything else.
  /// - Complexity: O(k² d).
  public static func redundancy(of units: Tensor) throws(VisualizationError)
    -> (ofEach: [Double], mean: Double)
  {
    let vectors = try unitVectors(units, "units", atLeast: 2)
    let cosines = vectors.timesItsTransposed
    let largest = (0..<vectors.rows).map { row in
      (0..<vectors.rows).filter { $0 != row }.map { cosines[row, $0] }.max() ?? 0
    }
    return (largest, largest.reduce(0, +) / Double(largest.count))
  }

  /// Whether a unit responds to two unlike things: 1 − the cosine of the centres of two clusters of its examples, 0…2.
  ///
  /// Clusters are those of k-means, the best of ten starts. Where one has a single example, which may be a chance find, the
  /// score is the mean, over the first ten examples, of 1 − the cosine of the example and the mean of all.
  ///
  /// - Parameters:
  ///   - examples: `[n, d]`, two rows at least; none may be 0.
  ///   - seed: fixes the starts.
  /// - Throws: `VisualizationError.invalidArgument` for anything else.
  public static func polysemanticity(of examples: Tensor, seed: UInt64 = 0)
    throws(VisualizationError) -> Double
  {
    _ = try unitVectors(examples, "examples", atLeast: 2)
    let vectors = Matrix(rowsOf: examples)
    let clusters = KMeans(of: vectors, count: 2, starts: 10, seed: seed)
    func apart(_ a: [Double], _ b: [Double]) -> Double {
      let lengths = length(a) * length(b)
      return lengths > 0 ? 1 - zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / lengths : 1
    }
    guard clusters.sizes.min() ?? 0 < 2 else {
      return apart(Array(clusters.centers.row(0)), Array(clusters.centers.row(1)))
    }
    let mean = (0..<vectors.columns).map { column in
      (0..<vectors.rows).reduce(0) { $0 + vectors[$1, column] } / Double(vectors.rows)
    }
    let few = min(10, vectors.rows)
    return (0..<few).reduce(0) { $0 + apart(mean, Array(vectors.row($1))) } / Double(few)
  }

  private static func clarity(of vectors: Matrix) -> Double {
    let count = Double(vectors.rows)
    let square = (0..<vectors.columns).reduce(0.0) { sum, column in
      let mean = (0..<vectors.rows).reduce(0) { $0 + vectors[$1, column] } / count
      return sum + mean * mean
    }
    return (square - 1 / count) * count / (count - 1)
  }

  private static func unitVectors(
    _ tensor: Tensor, _ argument: String, atLeast least: Int
  ) throws(VisualizationError) -> Matrix {
    try tensor.validateSamples(argument, atLeast: least)
    var vectors = Matrix(rowsOf: tensor)
    for row in 0..<vectors.rows {
      let length = length(vectors.row(row))
      guard length > 0 else {
        throw .invalidArgument(argument, "row \(row) is 0, which points nowhere: leave it out")
      }
      for column in 0..<vectors.columns { vectors[row, column] /= length }
    }
    return vectors
  }

  private static func length(_ vector: some Sequence<Double>) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
