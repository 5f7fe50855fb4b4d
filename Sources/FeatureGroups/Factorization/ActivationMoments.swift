public import FeatureVisualization

/// Means and covariances of units over any number of positions, taken in batch by batch.
///
///     var moments = ActivationMoments()
///     for batch in batches { try moments.add(try network.evaluate(batch, at: "mixed4c")) }
///     let components = try PrincipalComponents(of: moments, count: 2)
///
/// It holds C + C² doubles for C units, however many positions it has seen. Sums are taken about the first position, so
/// that units far from 0 lose no digits.
public struct ActivationMoments: Sendable {
  /// The positions seen.
  public private(set) var count = 0
  /// Where sums are taken about.
  private var shift: [Double] = []
  private var sums: [Double] = []
  private var products: Matrix = Matrix(rows: 0, columns: 0)

  /// Of nothing yet.
  public init() {}

  /// The units of each position; 0 before the first is seen.
  public var unitCount: Int { shift.count }

  /// Takes in activations.
  ///
  /// - Parameter activations: `[N, H, W, C]` or `[N, C]`; each row along the last axis is a sample.
  /// - Throws: `VisualizationError.invalidArgument` for numbers that are not finite and for another number of units than
  ///   before, `.tooMuchMemory` for more units than there is memory for their covariance.
  /// - Complexity: O(samples · C²).
  public mutating func add(_ activations: Tensor) throws(VisualizationError) {
    try activations.validateSamples("activations")
    let samples = Matrix(rowsOf: activations)
    let units = samples.columns
    if count == 0 {
      try Self.validateMemory(units: units)
      shift = Array(samples.row(0))
      sums = [Double](repeating: 0, count: units)
      products = Matrix(rows: units, columns: units)
    }
    guard units == unitCount else {
      throw .invalidArgument("activations", "\(units) units, and \(unitCount) before")
    }
    var centered = samples
    for row in 0..<samples.rows {
      for unit in 0..<units {
        centered[row, unit] -= shift[unit]
        sums[unit] += centered[row, unit]
      }
    }
    let (rows, values) = (samples.rows, centered.elements)
    products.forEachRow { unit, sums in
      values.withUnsafeBufferPointer { values in
        for row in 0..<rows {
          let factor = values[row * units + unit]
          guard factor != 0 else { continue }
          for other in 0...unit { sums[other] += factor * values[row * units + other] }
        }
      }
    }
    count += rows
  }

  /// The mean of each unit, `[C]`.
  public var mean: [Double] { zip(shift, sums).map { $0 + $1 / Double(max(1, count)) } }

  /// `Σ (a − mean)(a − mean)ᵀ / n`, `[C, C]`: the covariance of any two units, divided by the number of samples.
  public var covariance: Tensor { centralMoment.tensor }

  var centralMoment: Matrix {
    let number = Double(max(1, count))
    var result = Matrix(rows: unitCount, columns: unitCount)
    for row in 0..<unitCount {
      for column in 0...row {
        let value = products[row, column] / number - sums[row] / number * (sums[column] / number)
        result[row, column] = value
        result[column, row] = value
      }
    }
    return result
  }

  /// The matrix that takes correlations of units out of directions: the inverse of the mean of `a aᵀ`, of which the mean
  /// is not subtracted.
  ///
  /// The same as `Whitening(of:ridge:)`, for more activations than memory holds.
  ///
  /// - Parameter ridge: what is added to the diagonal, as a share of its mean.
  /// - Throws: `VisualizationError.invalidArgument` for a ridge below 0 and for activations that are all 0;
  ///   `.decomposition` where there is no inverse.
  /// - Complexity: O(C³).
  public func whitening(ridge: Double = 1e-4) throws(VisualizationError) -> Whitening {
    let mean = mean
    var moment = centralMoment
    for row in 0..<unitCount {
      for column in 0..<unitCount { moment[row, column] += mean[row] * mean[column] }
    }
    let trace = (0..<unitCount).reduce(0.0) { $0 + moment[$1, $1] }
    guard ridge >= 0, ridge.isFinite, trace > 0 else {
      throw .invalidArgument(
        "ridge", "a number from 0 up, \(ridge) here, and activations that are not all 0 are needed")
    }
    for unit in 0..<unitCount { moment[unit, unit] += ridge * trace / Double(unitCount) }
    let eigenvectors = try SymmetricEigenvectors(of: moment)
    guard let least = eigenvectors.values.last, least > 1e-14 * trace else {
      throw .decomposition(
        "the mean of a aᵀ over \(unitCount) units has no inverse: take a larger ridge")
    }
    return try Whitening(eigenvectors.matrix { 1 / $0 }.tensor)
  }

  /// Refuses covariances that would not fit.
  private static func validateMemory(units: Int) throws(VisualizationError) {
    // The covariance, and a copy while it is decomposed.
    let (bytes, overflows) = units.multipliedReportingOverflow(by: 3 * 8 * units)
    let limit = Program.defaultMemoryLimit
    guard !overflows, bytes <= limit else {
      throw .tooMuchMemory(needed: overflows ? .max : bytes, limit: limit)
    }
  }
}
