/// How pixels that may leave the range of pictures are shown.
///
/// The picture shown has a score of its own; the pixels as optimised are in `Visualization.raw`.
public enum PictureDisplay: Sendable, Equatable {
  /// Cut off at black and white.
  case clipped
  /// Contrast raised round the colour that 0 stands for, until 1 in 200 values is cut off; never lowered.
  ///
  /// Recipes with strong decay find pictures that differ from grey by a few hundredths.
  case stretched
  /// Mean ½ and this deviation, then cut off: what keras.io shows.
  case standardized(deviation: Float)

  /// The picture shown for pixels in picture scale.
  ///
  /// - Parameter zero: the colour that 0 of the recipe's pixel space stands for, one number per channel.
  func apply(_ picture: [Float], zero: [Float]) -> [Float] {
    switch self {
    case .clipped:
      return picture.map { min(max($0, 0), 1) }
    case .stretched:
      let center = zero.map { min(max($0, 0.25), 0.75) }
      func deviation(_ index: Int) -> Float { picture[index] - zero[index % zero.count] }
      let sizes = picture.indices.map { abs(deviation($0)) }.sorted()
      let limit = sizes.isEmpty ? 0 : sizes[min(sizes.count - 1, sizes.count * 199 / 200)]
      let room = center.map { min($0, 1 - $0) }.min() ?? 0.5
      let factor = limit > 0 ? max(1, room / limit) : 1
      return picture.indices.map { index in
        min(max(center[index % center.count] + factor * deviation(index), 0), 1)
      }
    case .standardized(let deviation):
      let count = Double(max(picture.count, 1))
      let mean = picture.reduce(0.0) { $0 + Double($1) } / count
      let variance = picture.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
      let factor = Double(deviation) / max(variance.squareRoot(), 1e-7)
      return picture.map { min(max(Float(0.5 + factor * (Double($0) - mean)), 0), 1) }
    }
  }
}
