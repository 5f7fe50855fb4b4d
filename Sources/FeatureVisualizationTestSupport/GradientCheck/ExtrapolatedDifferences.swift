/// Derivatives of noisy functions: central differences of several steps, extrapolated to a step of 0.
///
/// Large steps err by the curvature, small ones by rounding. Each extrapolation removes a power of the step's
/// square; the one that agrees best with the extrapolations it is made of is taken, where the rounding of single
/// precision counts as disagreement.
/// Ridders 1982, https://doi.org/10.1016/S0141-1195(82)80057-0.
struct ExtrapolatedDifferences {
  /// The largest step.
  let step: Double

  private static let stepCount = 12
  private static let ratio = 1.5

  /// The derivative at 0 of a function of an offset.
  func derivative(_ value: (_ offset: Double) -> Double) -> Double {
    var best: (derivative: Double, error: Double)?
    var previous: [Double] = []
    var step = step
    for _ in 0..<Self.stepCount {
      let (above, below) = (value(step), value(-step))
      let rounding = 0x1p-24 * max(abs(above), abs(below)) / step
      var row = [(above - below) / (2 * step)]
      var factor = 1.0
      for (order, coarse) in previous.enumerated() {
        factor *= Self.ratio * Self.ratio
        let fine = row[order]
        let extrapolated = (factor * fine - coarse) / (factor - 1)
        row.append(extrapolated)
        let error = rounding + max(abs(extrapolated - fine), abs(extrapolated - coarse))
        if error < best?.error ?? .infinity { best = (extrapolated, error) }
      }
      previous = row
      step /= Self.ratio
    }
    return best?.derivative ?? .nan
  }
}
