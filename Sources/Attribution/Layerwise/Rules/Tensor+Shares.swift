import FeatureVisualization

extension Tensor {
  /// Each element divided by the one of `sums`, which is first moved away from 0 by `stabilizer`; 0 where the divisor is.
  func divided(by sums: Tensor, stabilizer: Float) throws(VisualizationError) -> Tensor {
    try combined(with: sums) { element, sum in
      let divisor = sum < 0 ? sum - stabilizer : sum + stabilizer
      return divisor == 0 ? 0 : element / divisor
    }
  }

  /// The positive elements; others are 0.
  var positivePart: Tensor { map { Swift.max($0, 0) } }

  /// The negative elements; others are 0.
  var negativePart: Tensor { map { Swift.min($0, 0) } }

  /// The sum of the elements, in double precision.
  var total: Double {
    var sum = 0.0
    let elements = span
    for index in elements.indices { sum += Double(elements[index]) }
    return sum
  }
}
