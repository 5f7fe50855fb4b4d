import FeatureVisualization

extension GradientCheck {
  /// Checks the rules of a backprop modifier: what it hands down is finite, follows from the gradient, and is the same
  /// element by element and for a whole buffer.
  ///
  ///     try GradientCheck.check(MyBackpropModifier())
  ///
  /// - Parameter seed: fixes gradients and points.
  /// - Throws: `GradientCheckError.brokenRule` naming the rule.
  public static func check(
    _ modifier: some BackpropModifier, seed: UInt64 = 0
  ) throws(GradientCheckError) {
    func broken(_ rule: String) -> GradientCheckError {
      .brokenRule(subject: "\(type(of: modifier))", rule: rule)
    }
    let count = 64
    var random = SeededTensors(seed: seed)
    func draw() -> [Float] { random.spaced([count], in: -2...2).elements.map { Float($0) } }
    let (gradient, inputs) = (draw(), draw())
    // A leaky rectifier and a saturating curve.
    for isRectifier in [true, false] {
      let slopes: [Float] = inputs.map { isRectifier ? ($0 > 0 ? 1 : 0.1) : 1 / (1 + abs($0)) }
      let outputs = zip(inputs, slopes).map { $0 * $1 }
      let single = gradient.indices.map {
        modifier.pullback(
          gradient[$0],
          at: ActivationPoint(
            input: inputs[$0], output: outputs[$0], slope: slopes[$0], isRectifier: isRectifier))
      }
      var buffered = [Float](repeating: .nan, count: count)
      gradient.withUnsafeBufferPointer { gradient in
        inputs.withUnsafeBufferPointer { inputs in
          outputs.withUnsafeBufferPointer { outputs in
            slopes.withUnsafeBufferPointer { slopes in
              buffered.withUnsafeMutableBufferPointer { result in
                modifier.pullback(
                  gradient, inputs: inputs, outputs: outputs, slopes: slopes,
                  isRectifier: isRectifier, into: result)
              }
            }
          }
        }
      }
      guard single.allSatisfy(\.isFinite) else {
        throw broken("a finite gradient becomes one that is not finite")
      }
      for (single, buffered) in zip(single, buffered) where single != buffered {
        throw broken("a buffer gives \(buffered) where the formula for one element gives \(single)")
      }
      guard Set(single).count > 1 else {
        throw broken("different gradients are handed down as the same: it writes constants")
      }
    }
  }
}
