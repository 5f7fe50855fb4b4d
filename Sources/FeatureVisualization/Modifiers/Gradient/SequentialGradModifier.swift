/// Several modifiers of the same gradient, one after another.
///
///     recipe.gradModifier = .sequence(.smoothed(2), .masked(by: mask))
public struct SequentialGradModifier: GradModifier {
  /// The modifiers in the order in which they act.
  public let modifiers: [any GradModifier]

  /// - Parameter modifiers: in the order in which they act, all of the same part of the gradient.
  public init(_ modifiers: [any GradModifier]) { self.modifiers = modifiers }

  public var name: String { modifiers.map(\.name).joined(separator: ", ") }
  public var part: GradientPart { modifiers.first?.part ?? .objective }
  /// Turned round twice is not turned round.
  public var reversesObjective: Bool { modifiers.filter(\.reversesObjective).count % 2 == 1 }

  public func validate(_ size: PictureSize) throws {
    for modifier in modifiers {
      guard modifier.part == part else {
        throw VisualizationError.incompatible(
          modifier.name, modifiers[0].name,
          reason: "one changes the objective's gradient alone, the other that of the priors too")
      }
      try modifier.validate(size)
    }
  }

  public func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext) {
    for modifier in modifiers { modifier.modify(&gradient, at: context) }
  }
}

extension GradModifier where Self == SequentialGradModifier {
  /// One modifier after another, all of the same part of the gradient.
  public static func sequence(_ modifiers: any GradModifier...) -> SequentialGradModifier {
    SequentialGradModifier(modifiers)
  }
}
