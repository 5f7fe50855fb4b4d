/// What a run has optimised: the numbers that its pictures are decoded from.
///
/// They can be decoded at another size, and a run can go on from them.
public struct OptimizedParameters: Sendable {
  /// What decodes them.
  public let parameterization: any Parameterization
  /// The numbers of each picture.
  public let values: [[Float]]
  /// The size of the pictures, with a channel for their opacity where they have one.
  public let size: PictureSize
  let specification: InputSpecification

  /// The pictures at a size, `[N, H, W, C]`, 0…1 where the parameterization keeps the range, with their opacity as a
  /// further channel where they have one.
  ///
  /// Numbers that do not depend on the size, such as the weights of a CPPN, are decoded at it; spectra are carried over to
  /// it; other pictures are resized bilinearly.
  ///
  /// - Throws: `VisualizationError` where the parameterization refuses the size.
  public func pictures(height: Int, width: Int) throws(VisualizationError) -> Tensor {
    let target = PictureSize(height: height, width: width, channels: size.channels)
    try target.validate()
    var elements: [Float] = []
    for index in values.indices { elements += try picture(index, target) }
    return Tensor(shape: [values.count, height, width, size.channels], elements: elements)
  }

  private func context(_ index: Int, _ size: PictureSize) -> DecoderContext {
    DecoderContext(
      size: size, specification: specification, picture: index, pictureCount: values.count)
  }

  private func decoder(_ index: Int, _ size: PictureSize) throws(VisualizationError)
    -> any PictureDecoder
  {
    let context = context(index, size)
    return try VisualizationError.naming(parameterization) {
      try parameterization.makeDecoder(for: context)
    }
  }

  /// One picture at a size.
  func picture(_ index: Int, _ target: PictureSize) throws(VisualizationError) -> [Float] {
    let decoder = try decoder(index, target)
    if let numbers = numbers(index, at: target, decoder) {
      return decoder.picture(of: numbers, target)
    }
    let whole = try self.decoder(index, size).picture(of: values[index], size)
    return Resampling.resize(size, height: target.height, width: target.width).applied(to: whole)
  }

  /// The numbers of a picture at another size, where there is a way other than by its pixels.
  func numbers(
    _ index: Int, at target: PictureSize, _ decoder: any PictureDecoder
  ) -> [Float]? {
    if target == size { return values[index] }
    let own = values[index]
    if let resampled = parameterization.resampled(
      own, from: context(index, size), to: context(index, target)),
      resampled.count == decoder.parameterCount
    {
      return resampled
    }
    let dependsOnSize = parameterization.pixelSpace != nil
    return !dependsOnSize && decoder.parameterCount == own.count ? own : nil
  }
}
