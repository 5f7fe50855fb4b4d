internal import CFVKernels

/// The activation of a gate with the clip before it: values, and slopes for the way back.
struct GateCurve: Sendable {
  private let curve: cfv_activation?
  private let activation: RecurrentActivation
  private let clip: Float

  init(_ activation: RecurrentActivation, clip: Float?) {
    curve = activation.function.curve
    self.activation = activation
    self.clip = clip ?? .infinity
  }

  /// Writes the values of `count` sums, and replaces the sums by the slopes there.
  ///
  /// - Parameter scratch: room for `2 · count` numbers.
  func apply(
    _ sums: UnsafeMutablePointer<Float>, values: UnsafeMutablePointer<Float>, count: Int,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let arguments = scratch
    let slopes = scratch + count
    for i in 0..<count { arguments[i] = activation.inputScale * min(max(sums[i], -clip), clip) }
    if var curve {
      cfv_activate(&curve, arguments, values, count)
      cfv_activation_slopes(&curve, arguments, values, slopes, count)
    } else {
      values.update(from: arguments, count: count)
      slopes.update(repeating: 1, count: count)
    }
    let scale = activation.inputScale * activation.outputScale
    for i in 0..<count {
      values[i] = activation.outputScale * values[i] + activation.offset
      sums[i] = abs(sums[i]) < clip ? scale * slopes[i] : 0
    }
  }
}
