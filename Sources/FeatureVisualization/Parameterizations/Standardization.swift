internal import CFVKernels

/// Numbers less their mean, divided by their deviation: `x′ = (x − mean) / (deviation + 1e-5)`.
///
/// Sums run in stretches that depend on the count alone, in double precision.
struct Standardization {
  /// What is added to deviations.
  static var epsilon: Double { 1e-5 }

  private let mean: Double
  private let deviation: Double
  private let count: Int

  /// That of some numbers.
  init(of numbers: UnsafePointer<Float>, count: Int) {
    let mean = Stretch.sum(of: count) { cfv_sum(numbers + $0.lowerBound, $0.count) } / Double(count)
    let squares = Stretch.sum(of: count) {
      cfv_sum_of_squared_deviations(numbers + $0.lowerBound, $0.count, mean)
    }
    (self.mean, self.count) = (mean, count)
    deviation = (squares / Double(count)).squareRoot()
  }

  /// What is subtracted from numbers, and what they are multiplied by.
  var terms: (mean: Float, factor: Float) {
    (Float(mean), Float(1 / (deviation + Self.epsilon)))
  }

  /// Turns the gradient of standardised numbers into that of the numbers: nothing along their mean, and next to nothing
  /// along themselves.
  func pullBack(_ gradient: UnsafeMutablePointer<Float>, at numbers: UnsafePointer<Float>) {
    let length = Double(count)
    let sum = Stretch.sum(of: count) { cfv_sum(gradient + $0.lowerBound, $0.count) }
    let products = Stretch.sum(of: count) {
      cfv_sum_of_products(gradient + $0.lowerBound, numbers + $0.lowerBound, $0.count)
    }
    let slope =
      deviation > 0
      ? (products - mean * sum) / (length * deviation * (deviation + Self.epsilon)) : 0
    let (mean, factor) = terms
    Stretch.forEach(of: count) {
      cfv_pull_back_deviations(
        numbers + $0.lowerBound, $0.count, mean, factor, Float(sum / length), Float(slope),
        gradient + $0.lowerBound)
    }
  }
}
