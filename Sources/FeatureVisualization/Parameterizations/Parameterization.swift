/// What the optimizer turns the knobs of: numbers that a picture is decoded from.
public protocol Parameterization: Sendable {
  /// The name in errors and reports.
  var name: String { get }

  /// The scale of the parameters where they are the pixels themselves; `nil` where they are not, so that
  /// nothing can be written into the picture.
  var pixelSpace: PixelSpace? { get }

  /// Whether decoded pictures stay in 0…1.
  var keepsRange: Bool { get }

  /// Whether pictures have an opacity, 0…1, as a further channel behind their colours; not by default.
  var hasOpacity: Bool { get }

  /// The decoder for a picture of one size.
  ///
  /// - Throws: an error where the size or the numbers do not work.
  func makeDecoder(for context: DecoderContext) throws -> any PictureDecoder

  /// The parameters of a picture of another size that shows what `parameters` show; `nil`, which is the default, where
  /// only the picture itself can be resized.
  ///
  /// Stages hand on spectra so, and results are decoded at other sizes.
  func resampled(_ parameters: [Float], from: DecoderContext, to: DecoderContext) -> [Float]?
}

extension Parameterization {
  public var hasOpacity: Bool { false }

  public func resampled(
    _ parameters: [Float], from: DecoderContext, to: DecoderContext
  ) -> [Float]? { nil }
}

/// The picture that a decoder is for.
public struct DecoderContext: Sendable {
  /// The size of the picture, with a channel more than the network's where it has an opacity.
  public let size: PictureSize
  /// How the network takes pictures.
  public let specification: InputSpecification
  /// The number of the picture in its batch.
  public let picture: Int
  /// The pictures of the batch.
  public let pictureCount: Int

  /// One picture of a batch, which is alone unless told otherwise.
  public init(
    size: PictureSize, specification: InputSpecification, picture: Int = 0, pictureCount: Int = 1
  ) {
    self.size = size
    self.specification = specification
    self.picture = picture
    self.pictureCount = pictureCount
  }
}
