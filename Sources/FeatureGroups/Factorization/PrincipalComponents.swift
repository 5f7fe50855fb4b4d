public import FeatureVisualization

/// The directions along which activations vary most.
///
///     let components = try PrincipalComponents(of: activations, count: 2)
///     let coordinates = try components.coordinates(of: activations)
///
/// Eigenvectors of the covariance of units, largest variance first. Their sign is arbitrary: here a component's number of
/// largest magnitude is positive.
public struct PrincipalComponents: Sendable {
  /// What is subtracted first, `[C]`.
  public let mean: [Float]
  /// The components, each of length 1, `[count, C]`.
  public let components: Tensor
  /// The variance along each, divided by the number of samples.
  public let variances: [Double]
  /// The variance of all units together.
  public let totalVariance: Double

  /// The components of activations that are all at hand.
  ///
  /// - Parameters:
  ///   - activations: `[N, H, W, C]` or `[N, C]`, two samples at least.
  ///   - count: the components, 1…C.
  /// - Throws: as `init(of:count:)` and `ActivationMoments.add` do.
  /// - Complexity: O(samples · C² + C³).
  public init(of activations: Tensor, count: Int) throws(VisualizationError) {
    var moments = ActivationMoments()
    try moments.add(activations)
    try self.init(of: moments, count: count)
  }

  /// The components of activations that were taken in batch by batch.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for fewer than two samples and for a count that is not in 1…C.
  /// - Complexity: O(C³).
  public init(of moments: ActivationMoments, count: Int) throws(VisualizationError) {
    guard moments.count > 1 else {
      throw .invalidArgument(
        "activations", "\(moments.count) samples vary in no direction: 2 at least")
    }
    guard (1...moments.unitCount).contains(count) else {
      throw .invalidArgument("count", "\(count) components of \(moments.unitCount) units")
    }
    let covariance = moments.centralMoment
    let eigenvectors = try SymmetricEigenvectors(of: covariance)
    mean = moments.mean.map { Float($0) }
    components = eigenvectors.vectors.tensor.rows(Array(0..<count))
    // Rounding makes tiny negative ones.
    variances = eigenvectors.values.prefix(count).map { max(0, $0) }
    totalVariance = (0..<covariance.rows).reduce(0) { $0 + covariance[$1, $1] }
  }

  /// The share of all variance that each component has, 0…1; 0 where nothing varies.
  public var shares: [Double] { variances.map { totalVariance > 0 ? $0 / totalVariance : 0 } }

  /// Where activations lie along the components: `(a − mean) · component`, `[samples, count]`.
  ///
  /// - Parameters:
  ///   - activations: `[N, H, W, C]` or `[N, C]`.
  ///   - isWhitened: whether each coordinate is divided by its deviation, so that all have variance 1; one without
  ///     variance becomes 0.
  /// - Throws: `VisualizationError.invalidArgument` for another number of units, and for numbers that are not finite.
  public func coordinates(of activations: Tensor, isWhitened: Bool = false)
    throws(VisualizationError) -> Tensor
  {
    try activations.validateSamples("activations")
    guard activations.shape.last == mean.count else {
      throw .invalidArgument(
        "activations", "\(activations.shape.last ?? 0) units, and components of \(mean.count)")
    }
    var samples = Matrix(rowsOf: activations)
    for row in 0..<samples.rows {
      for unit in mean.indices { samples[row, unit] -= Double(mean[unit]) }
    }
    var coordinates = samples.timesTransposed(Matrix(rowsOf: components))
    if isWhitened {
      let least = 1e-12 * totalVariance
      let factors = variances.map { $0 > least ? 1 / $0.squareRoot() : 0 }
      for row in 0..<coordinates.rows {
        for column in factors.indices { coordinates[row, column] *= factors[column] }
      }
    }
    return coordinates.tensor
  }
}
