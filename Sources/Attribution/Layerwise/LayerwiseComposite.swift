/// Which rule of layerwise propagation each layer with weights takes.
///
///     let composite = LayerwiseComposite("mine") { site in
///       if site.isFirst { FlatRule() } else { GammaRule(gamma: 0.5) }
///     }
///
/// Everything else passes as `LayerwisePropagation` says.
public struct LayerwiseComposite: Sendable {
  /// A layer with weights, as far as rules are chosen by it.
  public struct Site: Sendable, Hashable {
    /// The layer's name.
    public let layer: String
    /// Whether it is dense or a convolution.
    public let kind: WeightedOperation.Kind
    /// Whether no layer with weights comes before it: it sees pixels.
    public let isFirst: Bool
  }

  /// What reports call it, such as `epsilon-plus`.
  public let name: String
  private let choose: @Sendable (Site) -> any LayerwiseRule

  /// A composite that chooses a rule for each layer.
  public init(_ name: String, _ choose: @escaping @Sendable (Site) -> any LayerwiseRule) {
    (self.name, self.choose) = (name, choose)
  }

  /// The rule of a layer.
  public func rule(for site: Site) -> any LayerwiseRule { choose(site) }

  /// The same rule for every layer.
  public static func uniform(_ rule: some LayerwiseRule) -> LayerwiseComposite {
    LayerwiseComposite(rule.name) { _ in rule }
  }

  /// z⁺ for convolutions, ε for dense layers.
  public static let epsilonPlus = LayerwiseComposite("epsilon-plus") {
    if $0.kind == .convolution { AlphaBetaRule.zPlus } else { EpsilonRule() }
  }

  /// Flat for the first layer, z⁺ for other convolutions, ε for other dense layers.
  public static let epsilonPlusFlat = LayerwiseComposite("epsilon-plus-flat") {
    if $0.isFirst { FlatRule() } else { epsilonPlus.rule(for: $0) }
  }

  /// α2β1 for convolutions, ε for dense layers.
  public static let epsilonAlpha2Beta1 = LayerwiseComposite("epsilon-alpha2-beta1") {
    if $0.kind == .convolution { AlphaBetaRule.alpha2Beta1 } else { EpsilonRule() }
  }

  /// Flat for the first layer, α2β1 for other convolutions, ε for other dense layers.
  public static let epsilonAlpha2Beta1Flat = LayerwiseComposite("epsilon-alpha2-beta1-flat") {
    if $0.isFirst { FlatRule() } else { epsilonAlpha2Beta1.rule(for: $0) }
  }

  /// The box rule for a first convolution, γ for others, ε for dense layers.
  public static let epsilonGammaBox = LayerwiseComposite("epsilon-gamma-box") {
    if $0.kind == .dense { EpsilonRule() } else if $0.isFirst { BoxRule() } else { GammaRule() }
  }
}
