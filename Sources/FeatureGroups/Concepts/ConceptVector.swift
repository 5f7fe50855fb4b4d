public import FeatureVisualization

/// The direction over a layer's units that tells examples of a concept from others: a concept activation vector.
///
///     let striped = try ConceptVector(of: stripedActivations, against: otherActivations)
///     let share = try striped.sensitivity(to: gradients)
///
/// A linear classifier by ridge regression: `w` minimises `Σ (w · (a − mean) − (±1 − their mean))² + λ |w|²`, with λ the ridge
/// times `Σ |a − mean|²`. It is solved over units or over samples, whichever are fewer.
/// Kim et al. 2018, https://arxiv.org/abs/1711.11279.
public struct ConceptVector: Sendable {
  /// The direction, `[C]`, of length 1, towards the concept.
  public let direction: [Float]
  /// The share of the samples that the classifier tells rightly, 0…1, those that it learnt from.
  public let accuracy: Double

  /// Learns the direction.
  ///
  /// - Parameters:
  ///   - concept: activations for examples, `[n, H, W, C]` or `[n, C]`; of a feature map the mean over positions counts.
  ///   - others: activations for anything else, in the same units.
  ///   - ridge: λ as a share of the samples' summed squares; larger than 0.
  /// - Throws: `VisualizationError.invalidArgument` for other numbers of units, and where both are the same.
  /// - Complexity: O(min(n, C)³).
  public init(of concept: Tensor, against others: Tensor, ridge: Double = 1e-3)
    throws(VisualizationError)
  {
    try concept.validateSamples("concept")
    try others.validateSamples("others")
    guard concept.shape.last == others.shape.last, ridge > 0, ridge.isFinite else {
      throw .invalidArgument(
        "concept",
        "shapes \(concept.shape) and \(others.shape) must have the same units, and the ridge, \(ridge), be above 0"
      )
    }
    let (first, second) = (concept.meansOverPositions, others.meansOverPositions)
    var samples = Matrix(rowsOf: try Tensor(stacking: [first, second]))
    let raw = samples
    let (rows, units) = (samples.rows, samples.columns)
    let signs = (0..<rows).map { $0 < first.shape[0] ? 1.0 : -1.0 }
    let meanSign = signs.reduce(0, +) / Double(rows)
    var mean = [Double](repeating: 0, count: units)
    for unit in 0..<units {
      mean[unit] = (0..<rows).reduce(0) { $0 + samples[$1, unit] } / Double(rows)
      for row in 0..<rows { samples[row, unit] -= mean[unit] }
    }
    let weights = try Self.ridge(samples, signs.map { $0 - meanSign }, ridge)
    let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else {
      throw .invalidArgument("concept", "the examples and the others do not differ in any unit")
    }
    direction = weights.map { Float($0 / length) }
    let right = (0..<rows).count { row in
      let sum = (0..<units).reduce(meanSign) { $0 + weights[$1] * (raw[row, $1] - mean[$1]) }
      return (sum > 0) == (signs[row] > 0)
    }
    accuracy = Double(right) / Double(rows)
  }

  /// TCAV's score: the share of pictures whose class score rises when the layer's activations move along the direction,
  /// at all positions alike, 0…1.
  ///
  /// - Parameter gradients: `∂score/∂activations`, `[N, H, W, C]` or `[N, C]`, of pictures of the class.
  /// - Throws: `VisualizationError.invalidArgument` for another number of units.
  public func sensitivity(to gradients: Tensor) throws(VisualizationError) -> Double {
    try gradients.validateSamples("gradients")
    guard gradients.shape.last == direction.count else {
      throw .invalidArgument(
        "gradients", "\(gradients.shape.last ?? 0) units, and a direction of \(direction.count)")
    }
    let means = Matrix(rowsOf: gradients.meansOverPositions)
    let rising = (0..<means.rows).count { row in
      direction.indices.reduce(0.0) { $0 + Double(direction[$1]) * means[row, $1] } > 0
    }
    return Double(rising) / Double(means.rows)
  }

  private static func ridge(_ samples: Matrix, _ targets: [Double], _ ridge: Double)
    throws(VisualizationError) -> [Double]
  {
    let penalty = ridge * samples.squaredNorm
    guard penalty > 0 else {
      throw .invalidArgument("concept", "all samples are the same")
    }
    let column = Matrix(rows: targets.count, columns: 1, elements: targets)
    // (XᵀX + λ)⁻¹Xᵀy = Xᵀ(XXᵀ + λ)⁻¹y.
    if samples.rows < samples.columns {
      let inverse = try SymmetricEigenvectors(of: samples.timesItsTransposed)
        .matrix { 1 / (max(0, $0) + penalty) }
      return (samples.transposed * (inverse * column)).elements
    }
    let inverse = try SymmetricEigenvectors(of: samples.gram).matrix { 1 / (max(0, $0) + penalty) }
    return (inverse * (samples.transposed * column)).elements
  }
}
