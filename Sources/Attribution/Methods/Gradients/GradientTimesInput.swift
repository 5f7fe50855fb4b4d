public import FeatureVisualization

/// The gradient times how far the picture is from a baseline: `(x − x₀) · ∂s/∂x`.
///
/// The first step of integrated gradients, exact where s is linear. Peers multiply by what the network is fed, which has the
/// baseline `.networkZero`.
/// Shrikumar et al. 2016, https://arxiv.org/abs/1605.01713.
public struct GradientTimesInput: AttributionMethod {
  /// The picture that says nothing.
  public let baseline: Baseline
  /// How channels become one number of a pixel; `nil` keeps them.
  public let reduction: ChannelReduction?

  /// - Parameters:
  ///   - baseline: the picture that says nothing, black unless given.
  ///   - reduction: how channels become one number of a pixel, their sum unless given; `nil` keeps them.
  public init(baseline: Baseline = .black, reduction: ChannelReduction? = .sum) {
    (self.baseline, self.reduction) = (baseline, reduction)
  }

  public var name: String { "gradient-x-input" }

  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let start = try baseline.picture(for: question)
    let gradient = try question.evaluate(at: question.picture).gradient
    let difference = try question.picture.combined(with: start, -)
    let map = AttributionMap(try gradient.combined(with: difference, *), isSigned: true)
    return reduction.map { map.reduced(by: $0) } ?? map
  }
}

extension AttributionMethod where Self == GradientTimesInput {
  /// The gradient times the picture's distance from black, summed over channels.
  public static var gradientTimesInput: GradientTimesInput { GradientTimesInput() }

  /// The gradient times the picture's distance from a baseline, summed over channels.
  public static func gradientTimesInput(baseline: Baseline) -> GradientTimesInput {
    GradientTimesInput(baseline: baseline)
  }
}
