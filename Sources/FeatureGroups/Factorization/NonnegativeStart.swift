import FeatureVisualization

/// Where a factorisation starts: the positive parts of singular vectors, and the mean of the activations in place of zeros.
///
/// Of each pair of singular vectors u, v that of the parts u⁺v⁺ and u⁻v⁻ is taken whose product is larger.
/// Boutsidis and Gallopoulos 2008, https://doi.org/10.1016/j.patcog.2007.09.010 (NNDSVDa).
struct NonnegativeStart {
  /// `[n, count]`.
  let weights: Matrix
  /// `[C, count]`.
  let directions: Matrix

  init(of matrix: Matrix, count: Int) throws(VisualizationError) {
    let (left, singular, right) = try Self.singularVectors(of: matrix, count: count)
    var weights = Matrix(rows: matrix.rows, columns: count)
    var directions = Matrix(rows: matrix.columns, columns: count)
    for k in 0..<count {
      let (u, v) = (left.row(k), right.row(k))
      func part(_ sign: Double) -> (
        u: [Double], v: [Double], size: Double, lengths: (Double, Double)
      ) {
        let (a, b) = (u.map { max(0, sign * $0) }, v.map { max(0, sign * $0) })
        let (p, q) = (Self.length(a), Self.length(b))
        return (a, b, p * q, (p, q))
      }
      let (positive, negative) = (part(1), part(-1))
      let chosen = positive.size >= negative.size ? positive : negative
      guard chosen.size > 0 else { continue }
      let scale = (singular[k] * chosen.size).squareRoot()
      for row in 0..<matrix.rows { weights[row, k] = scale * chosen.u[row] / chosen.lengths.0 }
      for row in 0..<matrix.columns {
        directions[row, k] = scale * chosen.v[row] / chosen.lengths.1
      }
    }
    let mean = matrix.elements.reduce(0, +) / Double(matrix.elements.count)
    for index in weights.elements.indices where weights.elements[index] < 1e-6 {
      weights.elements[index] = mean
    }
    for index in directions.elements.indices where directions.elements[index] < 1e-6 {
      directions.elements[index] = mean
    }
    (self.weights, self.directions) = (weights, directions)
  }

  /// The first singular vectors, a row each, by way of the smaller of `A Aᵀ` and `AᵀA`.
  private static func singularVectors(
    of matrix: Matrix, count: Int
  ) throws(VisualizationError) -> (left: Matrix, values: [Double], right: Matrix) {
    let isWide = matrix.columns > matrix.rows
    let eigenvectors = try SymmetricEigenvectors(
      of: isWide ? matrix.timesItsTransposed : matrix.gram)
    let values = eigenvectors.values.prefix(count).map { max(0, $0).squareRoot() }
    let known = Matrix(
      rows: count, columns: eigenvectors.vectors.columns,
      elements: Array(eigenvectors.vectors.elements.prefix(count * eigenvectors.vectors.columns)))
    var others = isWide ? known * matrix : known.timesTransposed(matrix)
    for row in 0..<count {
      for column in 0..<others.columns {
        others[row, column] = values[row] > 0 ? others[row, column] / values[row] : 0
      }
    }
    return isWide ? (known, values, others) : (others, values, known)
  }

  private static func length(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
