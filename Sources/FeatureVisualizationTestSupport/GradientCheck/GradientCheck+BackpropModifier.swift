import FeatureVisualization

extension GradientCheck {
  /// Checks the rules of a backprop modifier: they fit the sites asked about, what is handed down is finite, follows from
  /// the gradient and is written everywhere, and for elementwise rules it is the same element by element and for a whole
  /// stretch.
  ///
  ///     try GradientCheck.check(MyBackpropModifier())
  ///
  /// - Parameter seed: fixes gradients and points.
  /// - Throws: `GradientCheckError.brokenRule` naming the rule.
  public static func check(
    _ modifier: some BackpropModifier, seed: UInt64 = 0
  ) throws(GradientCheckError) {
    // A rectifier, a leaky one, a bounded one and a saturating curve.
    let functions: [ActivationFunction] = [.relu, .leakyReLU(slope: 0.1), .relu6, .sigmoid]
    let kinds = functions.map { BackpropSite.Kind.activation($0) } + [.maximumPooling]
    for kind in kinds {
      let site = BackpropSite(layer: "layer", kind: kind)
      let samples = ActivationSamples(at: site, seed: seed)
      switch (modifier.rule(at: site), kind) {
      case (.ordinary, _), (.smoothed, .maximumPooling): continue
      case (.elementwise(let rule), .activation):
        let stretch = samples.pulledBack { rule.pullback($0, into: &$1) }
        try samples.check(stretch, of: modifier.name)
        for (single, stretch) in zip(samples.pulledBack(by: rule), stretch) where single != stretch
        {
          throw .brokenRule(
            subject: modifier.name,
            rule: "a stretch gives \(stretch) where the formula for one element gives \(single)")
        }
      case (.wholePicture(let rule), .activation):
        try samples.check(
          samples.pulledBack { rule.pullback($0, into: &$1) }, of: modifier.name)
      default:
        throw .brokenRule(
          subject: modifier.name,
          rule: "it answers for \(kind) with a rule of another kind of site")
      }
    }
  }
}

/// Elements of an activation and gradients from above, drawn.
private struct ActivationSamples {
  let site: BackpropSite
  let gradient: [Float]
  let inputs: [Float]
  let outputs: [Float]
  let slopes: [Float]

  init(at site: BackpropSite, seed: UInt64) {
    self.site = site
    var random = SeededTensors(seed: seed)
    func draw(_ range: ClosedRange<Double>) -> [Float] {
      random.spaced([64], in: range).elements.map { Float($0) }
    }
    (gradient, inputs) = (draw(-2...2), draw(-2...8))
    guard case .activation(let function) = site.kind else {
      (outputs, slopes) = (inputs, inputs)
      return
    }
    let points = function.points(
      at: DoubleTensor(shape: [inputs.count], elements: inputs.map(Double.init)))
    outputs = points.map { Float($0.value) }
    slopes = points.map { Float($0.slope) }
  }

  /// What a rule for many elements hands down, from the ordinary gradient.
  func pulledBack(_ rule: (ActivationGradients, inout MutableSpan<Float>) -> Void) -> [Float] {
    var result = zip(gradient, slopes).map { $0 * $1 }
    var span = result.mutableSpan
    rule(
      ActivationGradients(
        at: site, Moment(iteration: 0, of: 1), inputs: inputs.span, outputs: outputs.span,
        slopes: slopes.span, gradient: gradient.span), &span)
    return result
  }

  func pulledBack(by rule: any ElementwiseBackprop) -> [Float] {
    gradient.indices.map {
      rule.pullback(
        gradient[$0],
        at: ActivationPoint(
          input: inputs[$0], output: outputs[$0], slope: slopes[$0],
          isRectifier: site.isRectifier))
    }
  }

  func check(_ result: [Float], of name: String) throws(GradientCheckError) {
    guard result.allSatisfy(\.isFinite) else {
      throw .brokenRule(subject: name, rule: "a finite gradient becomes one that is not finite")
    }
    guard Set(result).count > 1 else {
      throw .brokenRule(
        subject: name,
        rule: "different gradients are handed down as the same: it writes constants")
    }
  }
}
