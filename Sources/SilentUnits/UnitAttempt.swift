/// A way in which a unit was tried to be raised, and how far that went.
public struct UnitAttempt: Sendable, Equatable {
  /// The ways, in the order in which they are tried.
  public enum Way: String, Sendable, CaseIterable {
    /// By the recipe as it is.
    case recipe = "the recipe as it is"
    /// By the recipe, with gradients that wake silent units in the first steps.
    case redirected = "the recipe with a redirected ReLU"
    /// From noise of several seeds and strengths, by the value before the activation.
    case starts = "starts from noise"
    /// From given pictures, by the value before the activation.
    case pictures = "natural pictures"
    /// From pictures of simple things, by the value before the activation.
    case scenes = "drawn scenes"
  }

  /// How it was tried.
  public let way: Way
  /// From how many starts.
  public let startCount: Int
  /// The highest that the unit came to: its activation as the objective counts it, a mean over positions mostly.
  public let highest: Float
  /// The highest that the value before the activation came to; `nil` where that was not looked at.
  public let highestBeforeActivation: Float?
  /// Whether the unit responded.
  public let isRaised: Bool
}

extension UnitAttempt: CustomStringConvertible {
  public var description: String {
    let count = startCount > 1 || way == .starts ? "\(startCount) × " : ""
    let before = highestBeforeActivation.map { ", \($0) before its activation" } ?? ""
    return "\(count)\(way.rawValue): \(highest)\(before)"
  }
}
