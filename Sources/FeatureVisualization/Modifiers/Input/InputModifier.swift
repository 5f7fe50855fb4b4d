/// Changes the picture on its way into the network.
///
/// A modifier draws a transformation for each picture and step; what was drawn is a value that knows its exact adjoint,
/// so that gradients come back to the pixels they belong to. Transformations run in list order. What changes the picture
/// for good after a step is a `Projection`.
public protocol InputModifier: Sendable {
  /// The name in errors and reports.
  var name: String { get }

  /// Whether `draw` depends on chance.
  var isRandom: Bool { get }

  /// The transformation of one picture for one step; `nil` leaves the picture as it is.
  ///
  /// - Parameter size: the picture's, as the modifiers before have left it.
  /// - Parameter moment: where the run stands, for strengths that change from step to step.
  func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)?

  /// The same, for modifiers that show what they make as large as the network's input; they make pictures as large as
  /// they like by default.
  ///
  /// - Parameter target: the size that the network sees.
  func draw(
    for size: PictureSize, seenAs target: PictureSize, at moment: Moment,
    using generator: inout SeededGenerator
  ) -> (any PictureTransformation)?

  /// Refuses pictures that the modifier cannot work on; none by default.
  ///
  /// - Throws: an error naming the rule.
  func validate(_ size: PictureSize) throws
}

extension InputModifier {
  public var isRandom: Bool { false }
  public func validate(_ size: PictureSize) throws {}

  public func draw(
    for size: PictureSize, seenAs target: PictureSize, at moment: Moment,
    using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? { draw(for: size, at: moment, using: &generator) }
}

/// A differentiable map of pictures that was drawn, with the adjoint of its derivative.
public protocol PictureTransformation: Sendable {
  /// The size of the picture it makes.
  var outputSize: PictureSize { get }

  /// Writes the transformed picture, channels last.
  func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>)

  /// Adds the gradient of the input that the output's gradient amounts to.
  ///
  /// - Parameter input: the picture that was transformed; linear maps have no use for it.
  func pullback(
    _ outputGradient: Span<Float>, at input: Span<Float>,
    addingTo inputGradient: inout MutableSpan<Float>)
}
