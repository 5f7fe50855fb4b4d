public import FeatureVisualization

/// How much of a function's variance each of its variables has a part in, alone or with others: total Sobol indices.
///
///     let design = try TotalIndices(variables: 20)
///     let importances = design.indices(of: design.points.map(score))
///
/// Two matrices A and B of `designs` points in 0…1 each, and for each variable A with that variable's column of B. By Jansen's
/// estimate the index of variable i is `Σ (f(A) − f(A with column i of B))² / (2 · designs · variance of f(A) and f(B))`. Each
/// column is a Latin hypercube's: one point in each of `designs` equal parts, in an order and at places that a seed fixes.
/// Jansen 1999, https://doi.org/10.1016/S0010-4655(98)00154-4.
public struct TotalIndices: Sendable {
  /// The number of variables.
  public let variables: Int
  /// The points in each matrix.
  public let designs: Int
  /// Where the function is asked: those of A, of B, and of A with each column of B in turn.
  public let points: [[Double]]

  /// - Parameters:
  ///   - variables: 1 or more.
  ///   - designs: 2 or more.
  ///   - seed: fixes the points.
  /// - Throws: `VisualizationError.invalidArgument` for fewer, and for more than a million points.
  public init(variables: Int, designs: Int = 32, seed: UInt64 = 0) throws(VisualizationError) {
    guard (1...100_000).contains(variables), (2...100_000).contains(designs),
      designs * (variables + 2) <= 1_000_000
    else {
      throw .invalidArgument(
        "designs", "\(designs) of \(variables) variables: 2 at least, and a million points at most")
    }
    var generator = SeededGenerator(seed: seed)
    func hypercube() -> [[Double]] {
      var points = [[Double]](
        repeating: [Double](repeating: 0, count: variables), count: designs)
      for variable in 0..<variables {
        var order = Array(0..<designs)
        order.shuffle(using: &generator)
        for (point, part) in order.enumerated() {
          points[point][variable] = (Double(part) + generator.uniform()) / Double(designs)
        }
      }
      return points
    }
    let (a, b) = (hypercube(), hypercube())
    points =
      a + b
      + (0..<variables).flatMap { variable in
        zip(a, b).map { a, b in
          var point = a
          point[variable] = b[variable]
          return point
        }
      }
    (self.variables, self.designs) = (variables, designs)
  }

  /// The index of each variable; 0 of a function that does not vary.
  ///
  /// - Parameter values: the function's at all points, in their order.
  /// - Precondition: there are as many as points.
  public func indices(of values: [Double]) -> [Double] {
    precondition(values.count == points.count, "\(values.count) values at \(points.count) points")
    let both = values[..<(2 * designs)]
    let mean = both.reduce(0, +) / Double(both.count)
    let variance = both.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(both.count)
    guard variance > 0 else { return [Double](repeating: 0, count: variables) }
    return (0..<variables).map { variable in
      let sum = (0..<designs).reduce(0.0) { sum, point in
        let difference = values[point] - values[(2 + variable) * designs + point]
        return sum + difference * difference
      }
      return sum / (2 * Double(designs) * variance)
    }
  }
}
