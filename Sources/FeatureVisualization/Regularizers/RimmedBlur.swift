/// A weighted mean of neighbours within a square window: the rim of the window counts half, and weights are divided by
/// those that lie inside the picture.
struct RimmedBlur {
  /// How far the window reaches; at least 1.
  let radius: Int
  let height, width, channels: Int

  init(side: Int, of shape: [Int]) {
    radius = side / 2
    (height, width, channels) = (shape[1], shape[2], shape[3])
  }

  /// The blurred picture.
  func blurred(_ picture: Span<Float>) -> [Float] {
    var result = [Float](repeating: 0, count: picture.count)
    picture.withUnsafeBufferPointer { picture in
      weigh(
        { picture[$0] }, into: &result, finishing: { sum, pixel in sum / total(at: pixel) })
    }
    return result
  }

  /// The gradient of a picture for that of the blurred one: weights are symmetric, so that the same sums serve.
  func pulledBack(_ gradient: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: gradient.count)
    var shares = gradient
    for pixel in 0..<height * width {
      let total = total(at: pixel)
      for element in pixel * channels..<(pixel + 1) * channels { shares[element] /= total }
    }
    shares.withUnsafeBufferPointer { shares in
      weigh({ shares[$0] }, into: &result, finishing: { sum, _ in sum })
    }
    return result
  }

  /// The sum of the weights of a pixel's window that lie inside the picture.
  private func total(at pixel: Int) -> Float {
    let (y, x) = pixel.quotientAndRemainder(dividingBy: width)
    func count(_ radius: Int) -> Int {
      rows(around: y, radius).count * columns(around: x, radius).count
    }
    return 0.5 * Float(count(radius) + count(radius - 1))
  }

  /// Writes what `finish` makes of the weighted sum over each element's window.
  private func weigh(
    _ value: (_ element: Int) -> Float, into result: inout [Float],
    finishing finish: (_ sum: Float, _ pixel: Int) -> Float
  ) {
    result.withUnsafeMutableBufferPointer { result in
      Stretch.forEach(of: height, by: 16) { rows in
        for pixel in rows.lowerBound * width..<rows.upperBound * width {
          let (y, x) = pixel.quotientAndRemainder(dividingBy: width)
          for channel in 0..<channels {
            var sum: Float = 0
            for row in self.rows(around: y, radius) {
              for column in columns(around: x, radius) {
                let isRim = max(abs(row - y), abs(column - x)) == radius
                sum += (isRim ? 0.5 : 1) * value((row * width + column) * channels + channel)
              }
            }
            result[pixel * channels + channel] = finish(sum, pixel)
          }
        }
      }
    }
  }

  private func rows(around y: Int, _ radius: Int) -> Range<Int> {
    max(0, y - radius)..<min(height, y + radius + 1)
  }

  private func columns(around x: Int, _ radius: Int) -> Range<Int> {
    max(0, x - radius)..<min(width, x + radius + 1)
  }
}
