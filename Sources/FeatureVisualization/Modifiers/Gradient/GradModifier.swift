/// Changes a gradient with respect to the picture before the step.
///
/// The objective is what the visualization raises. The order of a step is: the objective's gradient, this modifier, the
/// priors' gradients added, normalisation, the optimizer. A modifier of the whole gradient comes after the priors.
public protocol GradModifier: Sendable {
  /// The name in reports.
  var name: String { get }

  /// Which gradient it changes: the objective's alone, which is the default, or the whole one.
  var part: GradientPart { get }

  /// Whether it turns the objective round, so that the best picture is the one with the lowest score.
  var reversesObjective: Bool { get }

  /// Refuses pictures that the modifier cannot work on; none by default.
  ///
  /// - Throws: an error naming the rule.
  func validate(_ size: PictureSize) throws

  /// Changes the gradient of one picture, `∂objective/∂picture`, channels last.
  ///
  /// - Parameter context: the picture, its size and where the run stands.
  func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext)
}

extension GradModifier {
  public var part: GradientPart { .objective }
  public var reversesObjective: Bool { false }
  public func validate(_ size: PictureSize) throws {}
}

/// A gradient of a step.
public enum GradientPart: Sendable, Hashable {
  /// That of the objective, before those of priors are added.
  case objective
  /// That of the objective less the priors.
  case whole
}

/// What a modifier of gradients knows beside the gradient; lent for one call.
public struct GradientContext: ~Escapable {
  /// The picture, 0…1, channels last.
  public let picture: Span<Float>
  /// The size of the picture.
  public let size: PictureSize
  /// Where the run stands.
  public let moment: Moment

  /// - Parameter picture: 0…1, channels last, of `size`.
  @_lifetime(copy picture)
  public init(picture: Span<Float>, size: PictureSize, moment: Moment) {
    self.picture = picture
    self.size = size
    self.moment = moment
  }
}
