/// What losses see of pictures before the network: pixels, opacity and parameters, a row for each picture.
final class PictureRows {
  private let pixels: PixelRows
  private let opacity: RowTensor?
  private let parameters: RowTensor?
  private let size: PictureSize

  /// Rows for what `subjects` ask for.
  ///
  /// - Parameter size: the pictures', with their opacity where they have one.
  /// - Parameter parameterCount: the numbers that a picture is decoded from; 0 where it is given.
  /// - Throws: `VisualizationError` for a pixel space of other channels.
  init(
    _ count: Int, _ size: PictureSize, parameterCount: Int, subjects: [LossSubject],
    specification: InputSpecification
  ) throws(VisualizationError) {
    let spaces = subjects.compactMap { subject in
      if case .picture(let space) = subject.source { space } else { nil }
    }
    self.size = size
    pixels = try PixelRows(count, size, spaces: spaces, specification: specification)
    let hasOpacity = size.channels > specification.channelOrder.channelCount
    opacity =
      hasOpacity && subjects.contains(.opacity)
      ? RowTensor(shape: [count, size.height, size.width, 1]) : nil
    parameters =
      parameterCount > 0 && subjects.contains(.parameters)
      ? RowTensor(shape: [count, parameterCount]) : nil
  }

  /// What losses look at; `nil` for subjects of another kind.
  func part(of subject: LossSubject) -> TappedPart? {
    switch subject.source {
    case .picture(let space): pixels.part(in: space)
    case .opacity: opacity?.part
    case .parameters: parameters?.part
    case .layer, .reference, .seenPicture: nil
    }
  }

  /// Takes a picture and what it was decoded from; gradients start from 0.
  func update(_ row: Int, _ picture: Span<Float>, parameters numbers: Span<Float>) {
    pixels.update(row, picture)
    opacity?.withRow(row) { values, gradient in
      for pixel in 0..<size.height * size.width {
        values[pixel] = picture[(pixel + 1) * size.channels - 1]
        gradient[pixel] = 0
      }
    }
    parameters?.withRow(row) { values, gradient in
      for index in numbers.indices { (values[index], gradient[index]) = (numbers[index], 0) }
    }
  }

  /// Adds to a picture's gradient what losses have against its pixels and its opacity, and starts from 0 again.
  func drainGradient(ofRow row: Int, into gradient: inout [Float]) {
    pixels.drainGradient(ofRow: row, into: &gradient)
    opacity?.withRow(row) { _, own in
      for pixel in 0..<size.height * size.width {
        gradient[(pixel + 1) * size.channels - 1] += own[pixel]
        own[pixel] = 0
      }
    }
  }

  /// Adds to the parameters' gradient what losses have against them, and starts from 0 again.
  func drainParameterGradient(ofRow row: Int, into gradient: inout MutableSpan<Float>) {
    parameters?.withRow(row) { _, own in
      for index in gradient.indices {
        gradient[index] += own[index]
        own[index] = 0
      }
    }
  }
}
