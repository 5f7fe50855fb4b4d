public import FeatureVisualization

/// DeepLIFT by its rescale rule: what each pixel's difference from a baseline changes of the objective.
///
/// Each layer hands down multipliers, changes of the objective for each change from the baseline: those of linear layers are
/// gradients, those of activations `Δy / Δx` (the gradient where |Δx| < 10⁻⁶), maxima share between the winners at the picture
/// and at the baseline, and every other layer has the mean of its gradient along the line between what it reads at both, by
/// 8 points of Gauss and Legendre. The objective itself has the mean of its gradients at both. So
/// `Σ map = objective(picture) − objective(baseline)`.
/// Shrikumar et al. 2017, https://arxiv.org/abs/1704.02685.
public struct DeepLIFT: AttributionMethod {
  /// What the picture is compared with.
  public let baseline: Baseline
  /// How channels become one number of a pixel; `nil` keeps them.
  public let reduction: ChannelReduction?
  public var name: String { "deep-lift" }

  /// - Parameters:
  ///   - baseline: what the picture is compared with; black unless given.
  ///   - reduction: how channels become one number of a pixel, their sum unless given; `nil` keeps them.
  public init(baseline: Baseline = .black, reduction: ChannelReduction? = .sum) {
    (self.baseline, self.reduction) = (baseline, reduction)
  }

  /// What each pixel changes: `[1, H, W, 1]` or a number for each channel, signed.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for a baseline that does not fit.
  /// - Complexity: holds what all layers write at the picture and at the baseline, and runs each layer alone.
  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let start = try ObjectiveStart(question, for: "DeepLIFT")
    let compared = try baseline.picture(for: question)
    let (picture, before) = (
      try PictureAsInput(question), try PictureAsInput(question, picture: compared)
    )
    let graph = try LayerwiseGraph(
      try question.network.separatingActivations(), input: picture.input.name,
      inputShapes: picture.values.mapValues(\.shape), starts: start.values)
    let values = try LayerValues(
      of: graph, inputs: picture.values, memoryLimit: question.memoryLimit)
    let reference = try LayerValues(
      of: graph, inputs: before.values, memoryLimit: values.memoryLimit)
    let (now, then) = (
      try start.gradients(of: question, at: question.picture) { values[$0] },
      try start.gradients(of: question, at: compared) { reference[$0] }
    )
    var arriving: [String: Tensor] = [:]
    for (value, gradient) in now {
      arriving[value] = try then[value]?.combined(with: gradient) { ($0 + $1) / 2 } ?? gradient
    }
    var pass = try MultiplierPass(reference: reference)
    let input = picture.input.name
    let changes = try values[input].combined(with: reference[input], -)
    let multipliers = try graph.walk(from: arriving, at: values, &pass)
    let found = try multipliers?.combined(with: changes, *) ?? Tensor(shape: changes.shape)
    let map = AttributionMap(try picture.map(of: found), isSigned: true)
    return reduction.map { map.reduced(by: $0) } ?? map
  }
}

extension AttributionMethod where Self == DeepLIFT {
  /// DeepLIFT by its rescale rule: what each pixel's difference from a baseline changes.
  public static func deepLIFT(baseline: Baseline = .black) -> DeepLIFT {
    DeepLIFT(baseline: baseline)
  }
}
