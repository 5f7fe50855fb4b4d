/// Changes the picture for good after each step: decay, blur, clipping, a range or a ball that it is held in.
///
/// Projections run in list order and write into pixels, so that they need a parameterization whose parameters are
/// pixels.
public protocol Projection: Sendable {
  /// The name in errors and reports.
  var name: String { get }

  /// Refuses pictures that the projection cannot work on; none by default.
  ///
  /// - Throws: an error naming the rule.
  func validate(_ size: PictureSize) throws

  /// Changes one picture after a step.
  ///
  /// - Parameter pixels: channels last, in the scale of the parameterization's pixel space.
  func project(_ pixels: inout MutableSpan<Float>, after step: CompletedStep)
}

extension Projection {
  public func validate(_ size: PictureSize) throws {}
}

/// A step of the optimization that has just been taken, for one picture; lent for one call.
public struct CompletedStep: ~Escapable {
  /// Where the run stands.
  public let moment: Moment
  /// The size of the picture.
  public let size: PictureSize
  /// The gradient of the objective that the step was taken with, in the scale of the pixels.
  public let gradient: Span<Float>
  /// The pixels that the run started from.
  public let start: Span<Float>

  /// - Parameters:
  ///   - gradient: `∂objective/∂pixel` of a picture of `size`.
  ///   - start: the pixels of a picture of `size`.
  @_lifetime(copy gradient, copy start)
  public init(moment: Moment, size: PictureSize, gradient: Span<Float>, start: Span<Float>) {
    self.moment = moment
    self.size = size
    self.gradient = gradient
    self.start = start
  }
}
