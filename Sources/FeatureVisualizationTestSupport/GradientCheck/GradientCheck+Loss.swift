import FeatureVisualization

extension GradientCheck {
  /// Checks the gradient of a loss, a regularizer among them, on tensors of given shapes.
  ///
  ///     try GradientCheck.check(TotalVariation(beta: 1.5), shapes: [[2, 5, 7, 3]])
  ///
  /// - Parameters:
  ///   - shapes: one per subject of the loss, `[N, H, W, C]` for feature maps and the picture.
  ///   - range: where elements are drawn from, no two of them close; −1…1 for layers and what the pixel
  ///     space holds for the picture unless given.
  ///   - seed: fixes the elements.
  /// - Returns: the largest error found.
  /// - Throws: `GradientCheckError` where the gradient is wrong, is not added, does not follow the scales, or where
  ///   the loss refuses the shapes.
  /// - Complexity: 24 evaluations for each element.
  @discardableResult
  public static func check(
    _ loss: some Loss, shapes: [[Int]], in range: ClosedRange<Double>? = nil, seed: UInt64 = 0
  ) throws(GradientCheckError) -> GradientReport {
    try verify(try measure(loss, shapes: shapes, in: range, seed: seed))
  }

  /// The same, with a wrong gradient reported instead of thrown.
  ///
  /// - Throws: `GradientCheckError` for everything but a wrong gradient.
  public static func measure(
    _ loss: some Loss, shapes: [[Int]], in range: ClosedRange<Double>? = nil, seed: UInt64 = 0
  ) throws(GradientCheckError) -> GradientReport {
    func broken(_ rule: String) -> GradientCheckError {
      .brokenRule(subject: loss.name, rule: rule)
    }
    guard shapes.count == loss.subjects.count else {
      throw broken("\(loss.subjects.count) subjects, but \(shapes.count) shapes were given")
    }
    try accepting(loss) { try loss.validate(shapes) }
    var random = SeededTensors(seed: seed)
    let ranges = loss.subjects.map { range ?? Self.range(of: $0) }
    let point = zip(shapes, ranges).map { shape, range in
      random.spaced(shape, in: range).elements.map { Float($0) }
    }
    let evaluation = LossEvaluation(loss, shapes: shapes, values: point)
    let values = evaluation.values()
    guard values.allSatisfy(\.isFinite) else { throw broken("values \(values) are not finite") }
    let pictures = shapes.first?.first ?? values.count
    guard values.count == pictures else {
      throw broken("\(values.count) values for \(pictures) pictures")
    }
    evaluation.differentiate(scales: values.map { _ in 1 })
    let stated = evaluation.gradients
    try checkAccumulation(loss, evaluation, stated, pictures)
    var derivatives: [GradientReport.Derivative] = []
    for tensor in shapes.indices {
      let extent = ranges[tensor].upperBound - ranges[tensor].lowerBound
      let differences = ExtrapolatedDifferences(step: 0.05 * extent)
      for position in point[tensor].indices {
        derivatives.append(
          .init(
            tensor: tensor, index: index(position, in: shapes[tensor]),
            stated: Double(stated[tensor][position]),
            measured: differences.derivative { offset in
              evaluation.sum(movingElement: position, of: tensor, by: Float(offset))
            }))
      }
    }
    try refuseConstants(loss.name, derivatives)
    return report(loss.name, derivatives)
  }

  /// Gradients are added to what is there, multiplied by the scale.
  private static func checkAccumulation(
    _ loss: some Loss, _ evaluation: LossEvaluation, _ stated: [[Float]], _ pictures: Int
  ) throws(GradientCheckError) {
    let largest = stated.joined().map(abs).max() ?? 0
    let scale: Float = -2.5
    evaluation.differentiate(
      scales: Array(repeating: scale, count: pictures), addingTo: largest)
    for (found, gradient) in zip(evaluation.gradients.joined(), stated.joined()) {
      let expected = largest + scale * gradient
      guard abs(found - expected) <= 1e-3 * largest else {
        throw .brokenRule(
          subject: loss.name,
          rule: "with scale \(scale), \(found - largest) is added to a gradient of \(largest) "
            + "where it should be \(scale * gradient): add scale · ∂value/∂element, do not assign")
      }
    }
  }

  private static func range(of subject: LossSubject) -> ClosedRange<Double> {
    switch subject.source {
    case .layer, .reference, .parameters: -1...1
    case .opacity: 0...1
    case .picture(let space), .seenPicture(let space):
      switch space {
      case .symmetric, .network: -1...1
      case .unit: 0...1
      case .byte: 0...255
      case .meanSubtractedByte: -128...127
      case .imageNetStandardized: -2...2
      }
    }
  }
}
