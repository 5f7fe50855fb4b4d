import FeatureVisualization

/// The rounds of a non-negative factorisation.
struct CoordinateDescent {
  private let matrix: Matrix
  private let transposed: Matrix
  /// W, `[n, count]`.
  private(set) var weights: Matrix
  /// Hᵀ, `[C, count]`.
  private(set) var directions: Matrix
  private let penalty: Double

  init(_ matrix: Matrix, start: NonnegativeStart, penalty: Double) {
    self.matrix = matrix
    transposed = matrix.transposed
    (weights, directions, self.penalty) = (start.weights, start.directions, penalty)
  }

  /// With directions that stay as they are; all weights start alike.
  init(_ matrix: Matrix, directions: Matrix, penalty: Double) {
    self.matrix = matrix
    transposed = Matrix(rows: 0, columns: 0)
    let mean = matrix.elements.reduce(0, +) / Double(max(1, matrix.elements.count))
    let start = (mean / Double(directions.columns)).squareRoot()
    weights = Matrix(
      rows: matrix.rows, columns: directions.columns,
      elements: [Double](repeating: start, count: matrix.rows * directions.columns))
    (self.directions, self.penalty) = (directions, penalty)
  }

  /// Rounds until they change little, or until there were `iterations`.
  mutating func run(iterations: Int, tolerance: Double) -> (count: Int, isConverged: Bool) {
    var first = 0.0
    for iteration in 1...iterations {
      let change =
        Self.descend(&weights, matrix, directions, penalty: penalty * Double(matrix.columns))
        + Self.descend(&directions, transposed, weights, penalty: penalty * Double(matrix.rows))
      if iteration == 1 { first = change }
      if change <= tolerance * first { return (iteration, true) }
    }
    return (iterations, false)
  }

  /// As `run`, of weights alone.
  mutating func fitWeights(iterations: Int, tolerance: Double) {
    var first = 0.0
    for iteration in 0..<max(1, iterations) {
      let change = Self.descend(
        &weights, matrix, directions, penalty: penalty * Double(matrix.columns))
      if iteration == 0 { first = change }
      if change <= tolerance * first { return }
    }
  }

  /// `|A − W H|`.
  var residual: Double {
    // |A|² − 2⟨A, WH⟩ + |WH|² would lose the digits of a small residual.
    let product = weights.timesTransposed(directions)
    return zip(matrix.elements, product.elements)
      .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  /// Takes the best value for each factor in turn, the others held; rows do not depend on one another.
  ///
  /// - Returns: the sum of the projected gradients' magnitudes.
  private static func descend(
    _ factors: inout Matrix, _ matrix: Matrix, _ others: Matrix, penalty: Double
  ) -> Double {
    let count = factors.columns
    var curvature = others.gram
    for k in 0..<count { curvature[k, k] += penalty }
    let targets = matrix * others
    var changes = [Double](repeating: 0, count: factors.rows)
    changes.withUnsafeMutableBufferPointer { changes in
      factors.forEachRow { row, values in
        var change = 0.0
        for k in 0..<count {
          var gradient = -targets.elements[row * count + k]
          for other in 0..<count {
            gradient += curvature.elements[k * count + other] * values[other]
          }
          change += abs(values[k] == 0 ? min(0, gradient) : gradient)
          let slope = curvature.elements[k * count + k]
          if slope != 0 { values[k] = max(0, values[k] - gradient / slope) }
        }
        changes[row] = change
      }
    }
    return changes.reduce(0, +)
  }
}
