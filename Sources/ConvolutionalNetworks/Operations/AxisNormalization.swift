/// What normalizations by the numbers along some logical axes have in common.
package protocol AxisNormalization: LayerOperation {
  /// The logical axes that a mean is taken over. Negative axes count from the end.
  var axes: [Int] { get }
}

extension AxisNormalization {
  /// The logical axes that a mean is taken over, counted from the front.
  package func normalizedAxes(rank: Int) throws(ShapeError) -> Set<Int> {
    var result: Set<Int> = []
    for axis in axes { result.insert(try normalizedAxis(axis, rank: rank)) }
    return result
  }

  /// Refuses values without numbers along the axes, and parameters that do not broadcast to a value's shape.
  func checkNormalization(of shape: [Int]) throws(ShapeError) {
    let normalized = try normalizedAxes(rank: shape.count)
    guard normalized.allSatisfy({ shape[$0] > 0 }) else { throw ShapeError("the mean of nothing") }
    for parameter in parameters {
      guard try broadcastShape(shape, parameter.values.shape) == shape else {
        throw ShapeError(
          "\(parameter.name) of shape \(parameter.values.shape) does not broadcast to it")
      }
    }
  }
}

/// The rule that what is added to a variance breaks.
func epsilonFault(_ epsilon: Float) -> String? {
  epsilon >= 0 && epsilon.isFinite ? nil : "epsilon is \(epsilon), and must be 0 or more"
}
