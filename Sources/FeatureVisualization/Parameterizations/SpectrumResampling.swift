/// Carries half spectra over to pictures of another size: a wave keeps its amplitude and its cycles per picture.
///
/// A spectrum is a plane of real parts and one of imaginary parts, each `height × (width / 2 + 1)`.
struct SpectrumResampling {
  private let from: PictureSize
  private let to: PictureSize
  private let gain: (_ frequency: Double, _ height: Int, _ width: Int) -> Double

  /// - Parameter gain: what a number is multiplied by at a frequency in cycles per pixel of a picture.
  /// - Returns: `nil` where the pictures have not as many channels.
  init?(
    from: PictureSize, to: PictureSize,
    gain: @escaping (_ frequency: Double, _ height: Int, _ width: Int) -> Double
  ) {
    guard from.channels == to.channels else { return nil }
    (self.from, self.to, self.gain) = (from, to, gain)
  }

  /// The spectra of every channel, one after another.
  ///
  /// - Returns: `nil` for another number of parameters than the picture's.
  func apply(_ parameters: [Float]) -> [Float]? {
    let (old, new) = (columns(from), columns(to))
    let (oldPlane, newPlane) = (from.height * old, to.height * new)
    guard parameters.count == 2 * from.channels * oldPlane else { return nil }
    var result = [Float](repeating: 0, count: 2 * to.channels * newPlane)
    let lowest = (min(from.height, to.height) - 1) / 2
    for y in -lowest...lowest {
      // A column in the middle of an even width stands for two waves that fall together: neither is carried over.
      for x in 0...(min(from.width, to.width) - 1) / 2 {
        let source = row(y, from.height) * old + x
        let target = row(y, to.height) * new + x
        let factor = Float(amplitude(y, x, from) / amplitude(y, x, to))
        for plane in 0..<2 * from.channels {
          result[plane * newPlane + target] = factor * parameters[plane * oldPlane + source]
        }
      }
    }
    return result
  }

  private func columns(_ size: PictureSize) -> Int { size.width / 2 + 1 }

  private func row(_ y: Int, _ height: Int) -> Int { y < 0 ? y + height : y }

  /// The gain of a wave of so many cycles per picture.
  private func amplitude(_ y: Int, _ x: Int, _ size: PictureSize) -> Double {
    let (fy, fx) = (Double(y) / Double(size.height), Double(x) / Double(size.width))
    return gain((fy * fy + fx * fx).squareRoot(), size.height, size.width)
  }
}
