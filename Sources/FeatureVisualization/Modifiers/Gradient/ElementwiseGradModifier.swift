/// The gradient modifiers of keras-vis, each a function of one element.
public struct ElementwiseGradModifier: GradModifier {
  public let name: String
  public let reversesObjective: Bool
  private let function: @Sendable (Float) -> Float

  /// A modifier that replaces each element g by `function(g)`.
  ///
  /// - Parameter reversesObjective: whether the lowest score is the best.
  public init(
    _ name: String, reversesObjective: Bool = false,
    _ function: @escaping @Sendable (Float) -> Float
  ) {
    self.name = name
    self.reversesObjective = reversesObjective
    self.function = function
  }

  public func modify(_ gradient: inout MutableSpan<Float>, at context: GradientContext) {
    for i in gradient.indices { gradient[i] = function(gradient[i]) }
  }

  /// 1 / g, held below 10⁷: ε is added away from 0, so that the sign stays.
  fileprivate static func inverse(_ g: Float) -> Float { 1 / (g + (g < 0 ? -1e-7 : 1e-7)) }
}

extension GradModifier where Self == ElementwiseGradModifier {
  /// −g: the objective goes down, as for a regression output that one wants smaller. Priors keep their
  /// direction, and the best picture is the one with the lowest score.
  public static var negate: ElementwiseGradModifier {
    ElementwiseGradModifier("negate", reversesObjective: true) { -$0 }
  }

  /// |g|: every pixel that matters grows brighter.
  public static var absolute: ElementwiseGradModifier {
    ElementwiseGradModifier("absolute") { abs($0) }
  }

  /// max(g, 0): only pixels that should grow brighter change.
  public static var relu: ElementwiseGradModifier {
    ElementwiseGradModifier("relu") { max($0, 0) }
  }

  /// 1 / g, held below 10⁷: pixels that matter least change most.
  public static var invert: ElementwiseGradModifier {
    ElementwiseGradModifier("invert") { ElementwiseGradModifier.inverse($0) }
  }

  /// |1 / g|, held below 10⁷.
  public static var smallValues: ElementwiseGradModifier {
    ElementwiseGradModifier("smallValues") { abs(ElementwiseGradModifier.inverse($0)) }
  }
}
