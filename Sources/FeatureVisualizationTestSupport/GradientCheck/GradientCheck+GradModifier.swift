import FeatureVisualization

extension GradientCheck {
  /// Checks the rules of a gradient modifier: what it makes of a gradient is finite, follows from that gradient alone, and
  /// is turned round where `reversesObjective` says so and nowhere else.
  ///
  ///     try GradientCheck.check(MyGradModifier(), size: PictureSize(height: 7, width: 9))
  ///
  /// - Parameters:
  ///   - size: the picture's size.
  ///   - seed: fixes the gradients.
  /// - Throws: `GradientCheckError.brokenRule` naming the rule; `.refused` where the modifier refuses the size.
  public static func check(
    _ modifier: some GradModifier, size: PictureSize, seed: UInt64 = 0
  ) throws(GradientCheckError) {
    func broken(_ rule: String) -> GradientCheckError {
      .brokenRule(subject: modifier.name, rule: rule)
    }
    var random = SeededTensors(seed: seed)
    let gradients = (0..<4).map { _ in
      random.spaced([size.height, size.width, size.channels], in: -1...1).elements.map { Float($0) }
    }
    try accepting(modifier) { try modifier.validate(size) }
    let picture = random.uniform([size.count], in: 0...1).elements.map { Float($0) }
    func modified(_ gradient: [Float]) -> [Float] {
      var gradient = gradient
      var span = gradient.mutableSpan
      modifier.modify(
        &span,
        at: GradientContext(
          picture: picture.span, size: size, moment: Moment(iteration: 10, of: 100)))
      return gradient
    }
    let results = gradients.map(modified)
    guard results.joined().allSatisfy(\.isFinite) else {
      throw broken("a finite gradient becomes one that is not finite")
    }
    guard results == gradients.map(modified) else {
      throw broken("the same gradient becomes another one the second time")
    }
    guard results.contains(where: { $0 != results[0] }) else {
      throw broken("different gradients become the same: it writes constants")
    }
    let cosines = zip(results, gradients).map { cosine($0, $1) }
    if cosines.allSatisfy({ $0 < -0.99 }), !modifier.reversesObjective {
      throw broken("it turns the gradient round, so reversesObjective is true")
    }
    if cosines.allSatisfy({ $0 > 0.99 }), modifier.reversesObjective {
      throw broken("it leaves the gradient's direction, so reversesObjective is false")
    }
  }

  private static func cosine(_ left: [Float], _ right: [Float]) -> Double {
    func dot(_ left: [Float], _ right: [Float]) -> Double {
      zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let lengths = (dot(left, left) * dot(right, right)).squareRoot()
    return lengths > 0 ? dot(left, right) / lengths : 0
  }
}
