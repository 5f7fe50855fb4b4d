/// The direction along which the rows of a matrix differ most, by power iteration.
enum PrincipalComponent {
  /// The most iterations; fewer where the direction stands still.
  private static let mostIterations = 2000

  /// Each row's product with the direction v of unit length for which `Σ ⟨row, v⟩²` is largest; zeros of a matrix of zeros.
  ///
  /// - Parameter matrix: rows of `columns` numbers, whose means are 0.
  /// - Complexity: O(rows · columns) for each iteration.
  static func projections(of matrix: [Double], columns: Int) -> [Double] {
    let rows = columns > 0 ? matrix.count / columns : 0
    let zeros = [Double](repeating: 0, count: rows)
    // The longest row is never orthogonal to all that matters, and not left to chance.
    let lengths = (0..<rows).map { row in
      (0..<columns).reduce(0.0) { $0 + matrix[row * columns + $1] * matrix[row * columns + $1] }
    }
    guard let longest = lengths.max(), longest > 0, longest.isFinite,
      let start = lengths.firstIndex(of: longest)
    else { return zeros }
    var direction = Array(matrix[start * columns..<(start + 1) * columns])
    normalize(&direction)
    var projections = products(matrix, direction, rows)
    for _ in 0..<mostIterations {
      var next = [Double](repeating: 0, count: columns)
      for row in 0..<rows where projections[row] != 0 {
        for column in 0..<columns {
          next[column] += projections[row] * matrix[row * columns + column]
        }
      }
      normalize(&next)
      let change = zip(next, direction).reduce(0.0) { max($0, abs($1.0 - $1.1)) }
      direction = next
      projections = products(matrix, direction, rows)
      if change < 1e-12 { break }
    }
    return projections
  }

  private static func products(_ matrix: [Double], _ direction: [Double], _ rows: Int) -> [Double] {
    let columns = direction.count
    return (0..<rows).map { row in
      direction.indices.reduce(0.0) { $0 + matrix[row * columns + $1] * direction[$1] }
    }
  }

  private static func normalize(_ vector: inout [Double]) {
    let length = vector.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return }
    for index in vector.indices { vector[index] /= length }
  }
}
