public import FeatureVisualization

/// The gradient summed up on the straight line from a baseline to the picture.
///
/// `(x − x₀) · ∫₀¹ ∂s/∂x (x₀ + t (x − x₀)) dt`. The sum of the map is s(x) − s(x₀) but for the error of the rule of
/// integration (completeness): a sum that is off wants more points. Peers take the baseline `.networkZero`.
/// Sundararajan et al. 2017, https://arxiv.org/abs/1703.01365.
public struct IntegratedGradients: AttributionMethod {
  /// How the integral is approximated.
  public enum Rule: Sendable, Hashable {
    /// The nodes of Gauss and Legendre, exact for polynomials of degree 2n − 1: captum's.
    case gaussLegendre
    /// n points from end to end, half as heavy at the ends: Xplique's.
    case trapezoid
  }

  /// The points on the line.
  public let points: Int
  /// The picture that says nothing.
  public let baseline: Baseline
  /// How the integral is approximated.
  public let rule: Rule
  /// How channels become one number of a pixel; `nil` keeps them.
  public let reduction: ChannelReduction?

  /// - Parameters:
  ///   - points: the points on the line, 50 unless given; the trapezoid rule takes two at least.
  ///   - baseline: the picture that says nothing, black unless given.
  ///   - rule: how the integral is approximated.
  ///   - reduction: how channels become one number of a pixel, their sum unless given; `nil` keeps them.
  public init(
    points: Int = 50, baseline: Baseline = .black, rule: Rule = .gaussLegendre,
    reduction: ChannelReduction? = .sum
  ) {
    (self.points, self.baseline, self.rule) = (points, baseline, rule)
    self.reduction = reduction
  }

  public var name: String { "integrated-gradients" }

  /// - Complexity: `points` times a forward and backward pass, in batches.
  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let quadrature = try Quadrature(rule, points: points)
    let (picture, start) = (question.picture, try baseline.picture(for: question))
    let way = try picture.combined(with: start, -)
    var sums = [Double](repeating: 0, count: picture.count)
    var point = 0
    try question.forEachEvaluation(count: points, by: question.backpropModifier) {
      index throws(VisualizationError) in
      let share = Float(quadrature.nodes[index])
      return try start.combined(with: way) { $0 + share * $1 }
    } _: { batch in
      for index in 0..<batch.gradient.pictureCount {
        let gradient = batch.gradient[picture: index]
        let weight = quadrature.weights[point]
        for pixel in sums.indices { sums[pixel] += weight * Double(gradient[pixel]) }
        point += 1
      }
    }
    let lengths = way.span
    let values = sums.indices.map { Float(sums[$0] * Double(lengths[$0])) }
    let map = AttributionMap(Tensor(shape: picture.shape, elements: values), isSigned: true)
    return reduction.map { map.reduced(by: $0) } ?? map
  }
}

extension AttributionMethod where Self == IntegratedGradients {
  /// The gradient on the line from a baseline, summed over channels; by default from black, at 50 points.
  public static func integratedGradients(
    points: Int = 50, baseline: Baseline = .black, rule: IntegratedGradients.Rule = .gaussLegendre
  ) -> IntegratedGradients {
    IntegratedGradients(points: points, baseline: baseline, rule: rule)
  }
}
