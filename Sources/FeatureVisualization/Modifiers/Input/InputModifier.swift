/// Changes the picture on its way into the network, or after each step.
///
/// A modifier that transforms draws a transformation for each picture and iteration; what was drawn is a value
/// that knows its exact adjoint, so that gradients come back to the pixels they belong to. Transformations run
/// in list order. A modifier that changes the picture after a step writes into its pixels; such changes run in
/// reverse list order, as in keras-vis, and need a parameterization whose parameters are pixels.
public protocol InputModifier: Sendable {
  /// The name in errors and reports.
  var name: String { get }

  /// Whether `draw` depends on chance.
  var isRandom: Bool { get }

  /// The transformation of one picture for one iteration; `nil` leaves the picture as it is.
  func draw(for size: PictureSize, using generator: inout SeededGenerator)
    -> (any PictureTransformation)?

  /// Whether `afterStep` does anything.
  var changesPictureAfterStep: Bool { get }

  /// Changes one picture after a step.
  ///
  /// - Parameter pixels: channels last, in the scale of the parameterization's pixel space.
  func afterStep(_ pixels: inout MutableSpan<Float>, _ step: CompletedStep)

  /// Refuses pictures that the modifier cannot work on.
  ///
  /// - Throws: `VisualizationError` naming the rule.
  func validate(_ size: PictureSize) throws(VisualizationError)
}

extension InputModifier {
  public var isRandom: Bool { false }
  public var changesPictureAfterStep: Bool { false }
  public func draw(for size: PictureSize, using generator: inout SeededGenerator)
    -> (any PictureTransformation)?
  { nil }
  public func afterStep(_ pixels: inout MutableSpan<Float>, _ step: CompletedStep) {}
  public func validate(_ size: PictureSize) throws(VisualizationError) {}
}

/// A linear or affine map of pictures that was drawn, with its adjoint.
public protocol PictureTransformation: Sendable {
  /// The size of the picture it makes.
  var outputSize: PictureSize { get }

  /// Writes the transformed picture, channels last.
  func apply(_ input: Span<Float>, into output: inout MutableSpan<Float>)

  /// Adds the gradient of the input that the output's gradient amounts to: the adjoint.
  func pullback(_ outputGradient: Span<Float>, addingTo inputGradient: inout MutableSpan<Float>)
}

/// A step of the optimization that has just been taken, for one picture.
public struct CompletedStep {
  /// The iteration, counted from 0.
  public let iteration: Int
  /// The number of iterations in all.
  public let iterationCount: Int
  /// The size of the picture.
  public let size: PictureSize
  /// The gradient of the objective that the step was taken with, in the scale of the pixels.
  public let gradient: [Float]

  package init(iteration: Int, iterationCount: Int, size: PictureSize, gradient: [Float]) {
    self.iteration = iteration
    self.iterationCount = iterationCount
    self.size = size
    self.gradient = gradient
  }
}
