public import ConvolutionalNetworks
public import FeatureVisualization

/// Raises a unit that recipes leave silent, or finds it dead.
///
///     let search = try SilentUnitSearch(network, ActivationMaximization(layer: "inception_5b/output", units: 12))
///     let found = try search.visualizeActivation(preset: .lucid, pictures: photos)
///     if found.isDead {
///       for attempt in found.attempts { print(attempt) }
///     } else {
///       try PictureFile(url).write(found.visualization.picture(0))
///     }
///
/// A rectifier passes no gradient where it passes nothing, so that a recipe never gets away from a start that a unit is silent
/// for. What the recipe leaves silent is tried again, until an attempt raises it: with a redirected ReLU; then, climbing the
/// value before the activation, from noise of several seeds and strengths, from given pictures and from drawn scenes. From
/// where the unit responds, the recipe draws its picture. A unit is dead if all of that leaves it silent.
///
/// What stands before the activation is found through joints, poolings and normalizations. A layer that no rectifier silences
/// is climbed itself, with a redirected ReLU before it. Olah et al. 2017, https://distill.pub/2017/feature-visualization.
public struct SilentUnitSearch: Sendable {
  /// The network.
  public let network: NeuralNetwork
  /// The units, which are raised together.
  public let units: ActivationMaximization
  /// How many starts from noise are tried.
  public var startCount = 32
  /// How many drawn scenes are tried.
  public var sceneCount = 16
  /// The steps of each climb.
  public var stepCount = 64
  /// The starts that climb at once; fewer where they would take more memory than there is.
  public var batch = 4

  let bypass: RectifierBypass?

  /// - Parameter units: one set of units, in any layer.
  /// - Throws: `VisualizationError` for a layer or a unit that is not there, and `.invalidArgument` for several sets.
  /// - Complexity: O(layers + weights).
  public init(_ network: NeuralNetwork, _ units: ActivationMaximization) throws(VisualizationError)
  {
    guard units.unitsByPicture.count == 1 else {
      throw .invalidArgument(
        "units", "\(units.unitsByPicture.count) sets of units: search for each by itself")
    }
    self.network = network
    self.units = try units.resolved(in: network)
    bypass = try RectifierBypass(of: network, before: units.layer)
  }

  /// The value before the activation: a network that has it as a layer, whose units are those of the layer itself; `nil` where no
  /// rectifier silences the layer.
  ///
  /// Of many pictures, those with the highest values there are the ones to try.
  public var beforeActivation: (network: NeuralNetwork, layer: LayerID)? {
    bypass.map { ($0.network, $0.layer) }
  }

  /// What was found.
  public struct Outcome: Sendable {
    /// The picture: by the recipe if the unit responds; what the recipe alone came to if it does not.
    public let visualization: Visualization
    /// What was tried, in order.
    public let attempts: [UnitAttempt]
    /// Whether nothing was left to try: not where the run was cancelled.
    public let isComplete: Bool

    /// Whether no attempt raised the unit, not even for a step.
    public var isDead: Bool { isComplete && !attempts.contains(where: \.isRaised) }

    /// What became of the unit, and what was tried, in words.
    public var summary: String {
      let tried = attempts.map(\.description).joined(separator: "; ")
      if isDead { return "dead: nothing raised it: \(tried)" }
      if !isComplete { return "not raised yet: \(tried)" }
      return attempts.last?.isRaised == true
        ? "responds: \(tried)" : "responds in passing, and to no picture that was found: \(tried)"
    }
  }

  /// Draws the units by a recipe, and where they stay silent searches on.
  ///
  /// - Parameters:
  ///   - preset: the recipe; one with a start of its own keeps it, and only a redirected ReLU is tried beside it.
  ///   - pictures: natural ones to start from, `[1, H, W, C]` in 0…1 each, of any size; best those that raise the value before
  ///     the activation most.
  ///   - seed: fixes every random draw.
  ///   - onProgress: called after every iteration of every run; may stop the search.
  /// - Throws: `VisualizationError`.
  /// - Complexity: at most `startCount` + `sceneCount` + pictures climbs of `stepCount` steps beside three runs of the recipe.
  public func visualizeActivation(
    preset: Preset = .lucid, pictures: [Tensor] = [], seed: UInt64 = 0,
    onProgress: ((UnitAttempt.Way, VisualizationProgress) -> Void)? = nil
  ) throws(VisualizationError) -> Outcome {
    let first = try network.visualizeActivationWithLosses(
      units + preset.regularizers, preset: preset, seeds: [seed]
    ) { onProgress?(.recipe, $0) }
    return try goOn(
      after: first, preset: preset, pictures: pictures, seed: seed, onProgress: onProgress)
  }

  /// Whether a recipe left the units silent: 0 in the picture where a rectifier silences them, or else where they began, without
  /// a gradient.
  ///
  /// - Parameter visualization: of these units alone, its only picture.
  public func isSilent(_ visualization: Visualization) -> Bool {
    !visualization.isCancelled && visualization.scores[0] <= restingValue(after: visualization)
  }

  /// What the units are where nothing passes their rectifiers; −∞ where that cannot be told.
  func restingValue(after first: Visualization) -> Float {
    if bypass?.restsAtZero == true { return 0 }
    let hadNoGradient = first.warnings.contains {
      if case .zeroGradient = $0 { true } else { false }
    }
    guard hadNoGradient, let start = first.history.first?.objectives[0] else { return -.infinity }
    return start + 1e-5 * abs(start)
  }
}
