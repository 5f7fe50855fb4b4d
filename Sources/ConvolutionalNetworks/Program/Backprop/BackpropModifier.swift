/// Changes how gradients pass layers on their way down, for saliency maps and visualizations that the ordinary
/// gradient serves badly.
///
/// It answers for each site of a network with a rule. Layers whose gradients no rule can change are never asked, and
/// whatever gets the ordinary rule is as fast as without a modifier. A formula for one element of every activation is
/// an `ElementwiseBackprop`, one that needs all of a picture's a `WholePictureBackprop`:
///
///     struct GuidedAboveStem: BackpropModifier {
///       func rule(at site: BackpropSite) -> BackpropRule {
///         guard case .activation = site.kind, site.layer != "stem" else { return .ordinary }
///         return .elementwise(GuidedBackprop())
///       }
///     }
///
/// Gradients are those of what is raised: positive ones want more of a value.
public protocol BackpropModifier: Sendable {
  /// The name in reports and errors; that of the type unless given.
  var name: String { get }

  /// How gradients pass a site. A program asks once, when it is compiled.
  func rule(at site: BackpropSite) -> BackpropRule

  /// Whether the rules hold at a moment of a run; where not, all gradients pass the ordinary way. Always unless given.
  func isActive(at moment: Moment) -> Bool
}

extension BackpropModifier {
  public var name: String { String(describing: Self.self) }
  public func isActive(at moment: Moment) -> Bool { true }
}
