public import FeatureVisualization
import Foundation

/// Score-CAM: channels weigh as much as the objective does of the picture seen through them.
///
/// Each channel, enlarged to the picture and stretched to 0…1, is a mask; the weights are the softmax over channels of the
/// objective at the masked pictures, and the map is `max(0, Σ_c w_c a_c)`. The faster form takes the channels of largest deviation
/// alone.
/// Wang et al. 2020, https://arxiv.org/abs/1910.01279; faster: Li et al. 2021, https://github.com/tabayashi0117/Score-CAM.
public struct ScoreCAM: AttributionMethod {
  /// How many channels are looked at, those of largest deviation; `nil` for all.
  public let channels: Int?
  /// What the picture is covered with.
  public let baseline: Baseline
  public var name: String { channels == nil ? "score-cam" : "faster-score-cam" }

  /// - Parameters:
  ///   - channels: how many are looked at, those of largest deviation; all unless given.
  ///   - baseline: what the picture is covered with; zeros of the network's input unless given, as peers have it.
  public init(channels: Int? = nil, baseline: Baseline = .networkZero) {
    (self.channels, self.baseline) = (channels, baseline)
  }

  /// The map of the layer that class activation maps are made of, `[1, H, W, 1]`.
  ///
  /// - Throws: `VisualizationError`, also for a number of channels that is not positive.
  /// - Complexity: a forward pass for each channel, in batches.
  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    let masks = try ActivationMasks(question)
    let wanted = channels ?? masks.channelCount
    guard wanted > 0 else { throw .invalidArgument("channels", "\(wanted) is not positive") }
    let deviations = masks.deviations
    // Equal deviations keep the order of their channels.
    let chosen = deviations.indices.sorted {
      (deviations[$1], $0) < (deviations[$0], $1)
    }.prefix(wanted).sorted()
    let cover = try baseline.picture(for: question)
    let scores = try question.values(count: chosen.count) { index throws(VisualizationError) in
      question.masked(by: try masks.mask(chosen[index]), over: cover)
    }
    let largest = Double(scores.max() ?? 0)
    let powers = scores.map { exp(Double($0) - largest) }
    let sum = powers.reduce(0, +)
    return try masks.map(
      zip(chosen, powers).map { (channel: $0, weight: $1 / sum) })
  }
}

extension AttributionMethod where Self == ScoreCAM {
  /// Score-CAM: channels weigh as much as the objective does of the picture seen through them.
  public static func scoreCAM(baseline: Baseline = .networkZero) -> ScoreCAM {
    ScoreCAM(baseline: baseline)
  }

  /// Score-CAM of the channels of largest deviation alone.
  public static func fasterScoreCAM(
    channels: Int = 10, baseline: Baseline = .networkZero
  ) -> ScoreCAM {
    ScoreCAM(channels: channels, baseline: baseline)
  }
}
