/// Decodes one picture of one size and pulls gradients back.
public protocol PictureDecoder: Sendable {
  /// The numbers that make up the picture.
  var parameterCount: Int { get }

  /// How many of them, the last ones, all pictures of a batch have in common; none by default.
  ///
  /// They start from those of the first picture, and one step for all of them follows the sum of their gradients.
  var sharedParameterCount: Int { get }

  /// Where an optimization starts.
  func initialParameters(using generator: inout SeededGenerator) -> [Float]

  /// The parameters that decode to `picture` (0…1, channels last), or `nil` if there is no way back.
  func parameters(decodingTo picture: [Float]) -> [Float]?

  /// Writes the picture, channels last.
  func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>)

  /// Writes the gradient of the parameters for a gradient of the picture.
  ///
  /// - Parameter parameters: what was decoded.
  /// - Parameter picture: what they decoded to.
  func pullback(
    _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
    into parameterGradient: inout MutableSpan<Float>)
}

extension PictureDecoder {
  public var sharedParameterCount: Int { 0 }

  public func parameters(decodingTo picture: [Float]) -> [Float]? { nil }
}

extension PictureDecoder {
  /// The picture of a size that parameters decode to.
  func picture(of parameters: [Float], _ size: PictureSize) -> [Float] {
    var picture = [Float](repeating: 0, count: size.count)
    var span = picture.mutableSpan
    decode(parameters.span, into: &span)
    return picture
  }
}
