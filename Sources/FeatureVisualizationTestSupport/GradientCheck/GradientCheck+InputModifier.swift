import FeatureVisualization

extension GradientCheck {
  /// Checks that what an input modifier draws is affine and that its pullback is the exact adjoint.
  ///
  /// For a transformation A(x) = L·x + b and any u and v, `⟨L·u, v⟩ = ⟨u, Lᵀ·v⟩`.
  ///
  ///     try GradientCheck.check(.jitter(4), size: PictureSize(height: 7, width: 9))
  ///
  /// - Parameters:
  ///   - size: the picture's size; small and odd ones find the most.
  ///   - drawCount: how many transformations are drawn and checked.
  ///   - seed: fixes the draws and the pictures.
  /// - Returns: the largest error found; nothing is compared where the modifier draws no transformation.
  /// - Throws: `GradientCheckError` where the pullback is not the adjoint, is not added, the transformation is
  ///   not affine or leaves elements unwritten, or where the modifier refuses the size.
  /// - Complexity: two transformations for each element of the picture and each draw.
  @discardableResult
  public static func check(
    _ modifier: some InputModifier, size: PictureSize, drawCount: Int = 5, seed: UInt64 = 0
  ) throws(GradientCheckError) -> GradientReport {
    try verify(try measure(modifier, size: size, drawCount: drawCount, seed: seed))
  }

  /// The same, with a wrong gradient reported instead of thrown.
  ///
  /// - Throws: `GradientCheckError` for everything but a wrong gradient.
  public static func measure(
    _ modifier: some InputModifier, size: PictureSize, drawCount: Int = 5, seed: UInt64 = 0
  ) throws(GradientCheckError) -> GradientReport {
    do throws(VisualizationError) { try modifier.validate(size) } catch { throw .refused(error) }
    var generator = SeededGenerator(seed: seed)
    var random = SeededTensors(seed: seed)
    var derivatives: [GradientReport.Derivative] = []
    for draw in 0..<drawCount {
      guard let transformation = modifier.draw(for: size, using: &generator) else { continue }
      try keepingRules(of: modifier.name) { () throws(VisualizationError) in
        try transformation.validate(for: size)
      }
      derivatives +=
        try compare(modifier.name, transformation, size, draw: draw, using: &random)
    }
    try refuseConstants(modifier.name, derivatives)
    return report(modifier.name, derivatives)
  }

  private static func compare(
    _ name: String, _ transformation: any PictureTransformation, _ size: PictureSize, draw: Int,
    using random: inout SeededTensors
  ) throws(GradientCheckError) -> [GradientReport.Derivative] {
    let shape = [size.height, size.width, size.channels]
    var picture = random.uniform(shape, in: 0...1).elements.map { Float($0) }
    let weights = random.uniform([transformation.outputSize.count]).elements.map { Float($0) }
    let transformed = transformation.output(for: picture, startingFrom: .nan)
    guard transformed.allSatisfy(\.isFinite) else {
      throw .brokenRule(
        subject: name, rule: "elements of the output are not written, or not finite")
    }
    // Halfway between two pictures an affine map gives what is halfway between their images.
    let flat = transformation.output(for: picture.map { _ in 0 }, startingFrom: 0)
    let half = transformation.output(for: picture.map { $0 / 2 }, startingFrom: 0)
    for i in half.indices where abs(half[i] - (transformed[i] + flat[i]) / 2) > 1e-4 {
      throw .brokenRule(
        subject: name, rule: "A(x / 2) is not halfway between A(0) and A(x): no affine map")
    }
    let stated = transformation.inputGradient(of: weights, addingTo: 0, count: picture.count)
    let added = transformation.inputGradient(of: weights, addingTo: 1, count: picture.count)
    for (added, stated) in zip(added, stated) where abs(added - 1 - stated) > 1e-4 {
      throw .brokenRule(
        subject: name, rule: "the pullback must add to the gradient of the input, not assign")
    }
    return picture.indices.map { position in
      let element = picture[position]
      defer { picture[position] = element }
      // The map is affine: differences are exact for any step, and large ones drown rounding.
      func value(_ offset: Float) -> Double {
        picture[position] = element + offset
        let output = transformation.output(for: picture, startingFrom: 0)
        return zip(output, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      return .init(
        tensor: draw, index: index(position, in: shape), stated: Double(stated[position]),
        measured: (value(8) - value(-8)) / 16)
    }
  }
}

extension PictureTransformation {
  fileprivate func output(for input: [Float], startingFrom start: Float) -> [Float] {
    var output = [Float](repeating: start, count: outputSize.count)
    var span = output.mutableSpan
    apply(input.span, into: &span)
    return output
  }

  fileprivate func inputGradient(of outputGradient: [Float], addingTo start: Float, count: Int)
    -> [Float]
  {
    var gradient = [Float](repeating: start, count: count)
    var span = gradient.mutableSpan
    pullback(outputGradient.span, addingTo: &span)
    return gradient
  }
}
