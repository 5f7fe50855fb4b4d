public import FeatureVisualization

/// Activations as sums of a few directions: `A ≈ W H` with neither weights nor directions below 0.
///
///     let factors = try NonnegativeFactorization(of: activations, count: 6)
///     factors.directions      // [6, C]
///
/// Minimises `½ |A − W H|² + ½ p (C |W|² + n |H|²)` over n samples of C units by coordinate descent: each row of W, and then
/// of H, takes the best value for one direction after the other. It starts from the singular vectors of A (NNDSVD, zeros
/// filled with the mean of A), which makes it deterministic, and ends when a round changes less than `tolerance` of what the
/// first one did, measured by projected gradients, or after `iterations` rounds.
/// Cichocki and Phan 2009, https://doi.org/10.1587/transfun.E92.A.708; Boutsidis and Gallopoulos 2008,
/// https://doi.org/10.1016/j.patcog.2007.09.010; the rule of stopping and the scale of the penalty are scikit-learn's,
/// https://scikit-learn.org/stable/modules/generated/sklearn.decomposition.NMF.html.
public struct NonnegativeFactorization: Sendable {
  /// How much of each direction is in each sample, `[n, count]`.
  public let weights: Tensor
  /// The directions over units, `[count, C]`.
  public let directions: Tensor
  /// `|A − W H|`, the length of what is left.
  public let residual: Double
  /// `|A|`.
  public let norm: Double
  /// The rounds that were taken.
  public let iterationCount: Int
  /// Whether it ended by `tolerance`, before the last round.
  public let isConverged: Bool
  /// p, the penalty.
  public let penalty: Double

  /// Factorises activations.
  ///
  /// - Parameters:
  ///   - activations: `[N, H, W, C]` or `[N, C]`, none below 0; each row along the last axis is a sample.
  ///   - count: the directions.
  ///   - penalty: p, from 0 up; CRAFT takes 0.01.
  ///   - iterations: the most rounds.
  ///   - tolerance: the share of the first round's change at which it ends.
  /// - Throws: `VisualizationError.invalidArgument` for activations below 0 or all 0, and for more directions than samples
  ///   or units.
  /// - Complexity: O(iterations · n · C · count), and O(min(n, C)³) for the start.
  public init(
    of activations: Tensor, count: Int, penalty: Double = 0, iterations: Int = 200,
    tolerance: Double = 1e-4
  ) throws(VisualizationError) {
    try activations.validateSamples("activations")
    let matrix = Matrix(rowsOf: activations)
    try Self.validate(matrix)
    guard (1...min(matrix.rows, matrix.columns)).contains(count) else {
      throw .invalidArgument(
        "count", "\(count) directions of \(matrix.rows) samples of \(matrix.columns) units")
    }
    guard penalty >= 0, penalty.isFinite, iterations > 0, tolerance >= 0 else {
      throw .invalidArgument(
        "penalty",
        "\(penalty), \(iterations) iterations and a tolerance of \(tolerance) are not all from 0 up"
      )
    }
    var descent = CoordinateDescent(
      matrix, start: try NonnegativeStart(of: matrix, count: count), penalty: penalty)
    (iterationCount, isConverged) = descent.run(iterations: iterations, tolerance: tolerance)
    weights = descent.weights.tensor
    directions = descent.directions.transposed.tensor
    residual = descent.residual
    norm = matrix.squaredNorm.squareRoot()
    self.penalty = penalty
  }

  /// The share of the activations' squares that the directions account for, `1 − |A − W H|² / |A|²`, 0…1.
  public var explainedShare: Double { max(0, 1 - residual * residual / (norm * norm)) }

  /// How much of each direction is in other activations, with the directions as they are, `[samples, count]`.
  ///
  /// - Parameter activations: `[N, H, W, C]` or `[N, C]`, none below 0, in the same units.
  /// - Throws: `VisualizationError.invalidArgument` for another number of units, and for activations below 0.
  public func weights(
    of activations: Tensor, iterations: Int = 200, tolerance: Double = 1e-4
  ) throws(VisualizationError) -> Tensor {
    try activations.validateSamples("activations")
    let matrix = Matrix(rowsOf: activations)
    guard matrix.columns == directions.shape[1] else {
      throw .invalidArgument(
        "activations", "\(matrix.columns) units, and directions of \(directions.shape[1])")
    }
    let smallest = matrix.elements.min() ?? 0
    guard smallest >= 0 else { throw Self.negative(smallest) }
    var descent = CoordinateDescent(
      matrix, directions: Matrix(rowsOf: directions).transposed, penalty: penalty)
    descent.fitWeights(iterations: iterations, tolerance: tolerance)
    return descent.weights.tensor
  }

  private static func validate(_ matrix: Matrix) throws(VisualizationError) {
    // The smaller of A Aᵀ and AᵀA, its eigenvectors, and what finds them.
    let side = min(matrix.rows, matrix.columns)
    let (bytes, overflows) = side.multipliedReportingOverflow(by: 4 * 8 * side)
    guard !overflows, bytes <= Program.defaultMemoryLimit else {
      throw .tooMuchMemory(needed: overflows ? .max : bytes, limit: Program.defaultMemoryLimit)
    }
    let smallest = matrix.elements.min() ?? 0
    guard smallest >= 0 else { throw negative(smallest) }
    guard matrix.elements.contains(where: { $0 > 0 }) else {
      throw .invalidArgument("activations", "all are 0: there is nothing to factorise")
    }
  }

  private static func negative(_ number: Double) -> VisualizationError {
    .invalidArgument(
      "activations",
      "\(number) is below 0: take a layer behind a rectifier, or the positive part, max(0, a)")
  }
}
