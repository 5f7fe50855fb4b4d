/// What the optimizer turns the knobs of: numbers that a picture is decoded from.
public protocol Parameterization: Sendable {
  /// The name in errors and reports.
  var name: String { get }

  /// The scale of the parameters where they are the pixels themselves; `nil` where they are not, so that
  /// nothing can be written into the picture.
  var pixelSpace: PixelSpace? { get }

  /// Whether decoded pictures stay in 0…1.
  var keepsRange: Bool { get }

  /// The decoder for pictures of one size.
  ///
  /// - Throws: `VisualizationError` where the size or the numbers do not work.
  func makeDecoder(_ size: PictureSize, for specification: InputSpecification)
    throws(VisualizationError) -> any PictureDecoder
}

/// Decodes pictures of one size and pulls gradients back.
public protocol PictureDecoder: Sendable {
  /// The numbers that make up one picture.
  var parameterCount: Int { get }

  /// Where an optimization starts.
  func initialParameters(using generator: inout SeededGenerator) -> [Float]

  /// The parameters that decode to `picture` (0…1, channels last), or `nil` if there is no way back.
  func parameters(decodingTo picture: [Float]) -> [Float]?

  /// Writes the picture, channels last.
  func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>)

  /// Writes the gradient of the parameters for a gradient of the picture.
  ///
  /// - Parameter picture: what the parameters decoded to.
  func pullback(
    _ pictureGradient: Span<Float>, at picture: Span<Float>,
    into parameterGradient: inout MutableSpan<Float>)
}
