/// Part of a photo, the rest of which another parameterization draws: `x = m · decoded + (1 − m) · photo`.
///
/// What the mask holds stays as it is, whatever an objective, a prior or an optimizer does.
public struct MaskedPicture: Parameterization {
  /// What draws the part that changes.
  public let parameterization: any Parameterization
  /// `[1, H, W, 1]`, 1 where the picture is drawn and 0 where the photo is held.
  public let mask: Tensor
  /// `[1, H, W, C]`, 0…1.
  public let photo: Tensor

  /// - Parameters:
  ///   - parameterization: what draws the part that changes.
  ///   - mask: `[1, H, W, 1]`, 0…1, of the picture's size.
  ///   - photo: `[1, H, W, C]`, 0…1, of the picture's size.
  public init(_ parameterization: any Parameterization, mask: Tensor, photo: Tensor) {
    self.parameterization = parameterization
    self.mask = mask
    self.photo = photo
  }

  public var name: String { "Masked\(parameterization.name)" }
  /// None: a number of the photo's part changes nothing.
  public var pixelSpace: PixelSpace? { nil }
  public var keepsRange: Bool { parameterization.keepsRange }

  public func makeDecoder(for context: DecoderContext) throws -> any PictureDecoder {
    let size = context.size
    guard !parameterization.hasOpacity else {
      throw VisualizationError.incompatible(
        name, "an opacity", reason: "the mask is of colours: Transparent(MaskedPicture(…))")
    }
    guard mask.shape == [1, size.height, size.width, 1],
      photo.shape == [1, size.height, size.width, size.channels]
    else {
      throw VisualizationError.invalidArgument(
        "mask", "a mask of \(mask.shape) and a photo of \(photo.shape) for a picture of \(size)")
    }
    guard mask.elements.allSatisfy({ (0...1).contains($0) }) else {
      throw VisualizationError.invalidArgument("mask", "a number is not in 0...1")
    }
    try photo.validatePicture("photo")
    return Decoder(
      decoder: try parameterization.makeDecoder(for: context), mask: mask.elements,
      photo: photo.elements, channels: size.channels)
  }

  private struct Decoder: PictureDecoder {
    let decoder: any PictureDecoder
    let mask: [Float]
    let photo: [Float]
    let channels: Int

    var parameterCount: Int { decoder.parameterCount }
    var sharedParameterCount: Int { decoder.sharedParameterCount }

    func initialParameters(using generator: inout SeededGenerator) -> [Float] {
      decoder.initialParameters(using: &generator)
    }

    func parameters(decodingTo picture: [Float]) -> [Float]? {
      let drawn = picture.indices.map { index in
        let share = mask[index / channels]
        return share > 0 ? (picture[index] - (1 - share) * photo[index]) / share : photo[index]
      }
      return decoder.parameters(decodingTo: drawn)
    }

    func decode(_ parameters: Span<Float>, into picture: inout MutableSpan<Float>) {
      decoder.decode(parameters, into: &picture)
      for index in picture.indices {
        let share = mask[index / channels]
        picture[index] = share * picture[index] + (1 - share) * photo[index]
      }
    }

    func pullback(
      _ pictureGradient: Span<Float>, at parameters: Span<Float>, picture: Span<Float>,
      into parameterGradient: inout MutableSpan<Float>
    ) {
      let count = picture.count
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * count) { memory in
        memory.initialize(repeating: 0)
        var decoded = UnsafeMutableBufferPointer(rebasing: memory[..<count]).mutableSpan
        decoder.decode(parameters, into: &decoded)
        var gradient = UnsafeMutableBufferPointer(rebasing: memory[count...]).mutableSpan
        for index in 0..<count {
          gradient[index] = mask[index / channels] * pictureGradient[index]
        }
        decoder.pullback(
          gradient.span, at: parameters, picture: decoded.span, into: &parameterGradient)
      }
    }
  }
}
