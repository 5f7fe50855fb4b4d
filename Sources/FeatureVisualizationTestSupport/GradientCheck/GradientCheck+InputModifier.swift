import FeatureVisualization

extension GradientCheck {
  /// Checks that the pullback of what an input modifier draws is the adjoint of its derivative.
  ///
  /// For a transformation A at a picture x and any u and v, `⟨A′(x)·u, v⟩ = ⟨u, A′(x)ᵀ·v⟩`.
  ///
  ///     try GradientCheck.check(.jitter(4), size: PictureSize(height: 7, width: 9))
  ///
  /// - Parameters:
  ///   - size: the picture's size; small and odd ones find the most.
  ///   - drawCount: how many transformations are drawn and checked.
  ///   - seed: fixes the draws and the pictures.
  /// - Returns: the largest error found; nothing is compared where the modifier draws no transformation.
  /// - Throws: `GradientCheckError` where the pullback is not the adjoint, is not added, the transformation
  ///   leaves elements unwritten, or where the modifier refuses the size.
  /// - Complexity: 24 transformations for each element of the picture and each draw.
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
    try accepting(modifier) { try modifier.validate(size) }
    var generator = SeededGenerator(seed: seed)
    var random = SeededTensors(seed: seed)
    var derivatives: [GradientReport.Derivative] = []
    for draw in 0..<drawCount {
      guard
        let transformation = modifier.draw(
          for: size, at: Moment(iteration: draw, of: drawCount), using: &generator)
      else { continue }
      try keepingRules(of: modifier.name) { () throws(VisualizationError) in
        try transformation.validate(for: size, colors: size.channels - 1)
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
    let stated = transformation.inputGradient(of: weights, at: picture, addingTo: 0)
    let added = transformation.inputGradient(of: weights, at: picture, addingTo: 1)
    for (added, stated) in zip(added, stated) where abs(added - 1 - stated) > 1e-4 {
      throw .brokenRule(
        subject: name, rule: "the pullback must add to the gradient of the input, not assign")
    }
    let differences = ExtrapolatedDifferences(step: 0.25)
    return picture.indices.map { position in
      let element = picture[position]
      defer { picture[position] = element }
      return .init(
        tensor: draw, index: index(position, in: shape), stated: Double(stated[position]),
        measured: differences.derivative { offset in
          picture[position] = element + Float(offset)
          let output = transformation.output(for: picture, startingFrom: 0)
          return zip(output, weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        })
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

  fileprivate func inputGradient(
    of outputGradient: [Float], at input: [Float], addingTo start: Float
  ) -> [Float] {
    var gradient = [Float](repeating: start, count: input.count)
    var span = gradient.mutableSpan
    pullback(outputGradient.span, at: input.span, addingTo: &span)
    return gradient
  }
}
