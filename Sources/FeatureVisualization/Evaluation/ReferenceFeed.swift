/// How a reference picture reaches the network: transformed as each row is, forward only.
final class ReferenceFeed {
  let picture: ReferencePicture
  private let taps: [TapRequest]
  private let feed: PictureFeed
  /// The reference at the size of the pictures, opaque where they have an opacity.
  private let pixels: [Float]
  private var transformed: [Float]

  /// - Parameter feed: the network compiled for these taps, forward only.
  /// - Throws: `VisualizationError` where the reference is no picture that the network takes.
  init(
    _ reference: ReferencePicture, taps: [TapRequest], _ sized: SizedInput,
    feed: PictureFeed
  ) throws(VisualizationError) {
    picture = reference
    self.taps = taps
    pixels = try Self.pixels(of: reference.picture, size: sized.size, sized.input)
    self.feed = feed
    transformed = Array(repeating: 0, count: sized.seenSize.count)
  }

  private static func pixels(of reference: Tensor, size: PictureSize, _ input: PictureInput)
    throws(VisualizationError) -> [Float]
  {
    let (picture, colors) = (try input.given(reference, "reference").pictures, input.colors)
    guard picture.shape[0] == 1 else {
      throw .invalidArgument("reference", "shape \(reference.shape) is more than one picture")
    }
    let own = PictureSize(height: picture.shape[1], width: picture.shape[2], channels: colors)
    let resize = Resampling.resize(own, height: size.height, width: size.width)
    return resize.applied(to: picture.elements).withChannels(size.channels, of: colors)
  }

  /// The bytes that the network's runs take.
  var memory: Int { feed.program.memory }

  /// Feeds the reference as row `row` has been transformed.
  func feed(_ row: Int, _ chain: inout TransformationChain) {
    let pixels = pixels
    transformed.withMutableSpan { chain.applyToOther(pixels.span, into: &$0) }
    feed.feed(transformed, index: row)
  }

  /// Computes the layers looked at.
  ///
  /// - Returns: whether they are computed: not where that is no longer wanted.
  func forward(while isWanted: () -> Bool) -> Bool { feed.forward(while: isWanted) }

  /// What losses see of a layer; nobody wants its gradient.
  func part(of layer: LayerID) -> TappedPart? {
    guard let tap = taps.firstIndex(where: { $0.layer == layer }) else { return nil }
    let part = feed.part(ofTap: tap)
    return TappedPart(
      shape: part.shape, values: part.values,
      gradient: UnsafeMutableBufferPointer(start: nil, count: 0))
  }
}
