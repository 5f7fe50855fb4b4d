public import FeatureVisualization

/// Maps as they are shown.
extension AttributionMap {
  /// Each picture's map divided by its largest magnitude: within −1…1, or 0…1 where it is not signed.
  ///
  /// A map that is zero everywhere stays zero.
  ///
  /// - Parameter percentile: the share of values, in per cent, that the divisor is not exceeded by: 99 keeps a few bright
  ///   pixels from hiding the rest, and what lies beyond is clipped. Clamped to 0…100; 100 is the largest of all.
  /// - Complexity: O(n log n) for other percentiles than 100.
  public func normalized(percentile: Double = 100) -> AttributionMap {
    var result = values
    let count = values.countPerPicture
    var elements = result.mutableSpan
    for picture in 0..<pictureCount where count > 0 {
      let range = picture * count..<(picture + 1) * count
      let magnitudes = range.map { abs(elements[$0]) }
      let scale = Self.divisor(magnitudes, percentile)
      for index in range {
        elements[index] = scale > 0 ? min(max(elements[index] / scale, -1), 1) : 0
      }
    }
    return AttributionMap(result, isSigned: isSigned)
  }

  /// What magnitudes are divided by: one of them, the largest where the one at the percentile is 0.
  private static func divisor(_ magnitudes: [Float], _ percentile: Double) -> Float {
    let largest = magnitudes.max() ?? 0
    guard percentile < 100 else { return largest }
    let place = Int((max(percentile, 0) / 100 * Double(magnitudes.count - 1)).rounded(.up))
    let found = magnitudes.sorted()[place]
    return found > 0 ? found : largest
  }

  /// The positive values, or those of what speaks against the objective, as a map of its own; others are 0.
  ///
  /// - Parameter against: whether negative values are kept, without their sign, instead of the positive ones.
  public func positivePart(against: Bool = false) -> AttributionMap {
    AttributionMap(values.map { max(against ? -$0 : $0, 0) }, isSigned: false)
  }

  /// The maps in another size, by bilinear sampling in which centres of pixels correspond and edges are held.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for sides that no picture has.
  public func resized(height: Int, width: Int) throws(VisualizationError) -> AttributionMap {
    AttributionMap(try values.resizedMaps(height: height, width: width), isSigned: isSigned)
  }
}

extension Tensor {
  /// Maps `[N, H, W, C]` in another size, by bilinear sampling in which centres of pixels correspond and edges are held.
  ///
  /// - Throws: `VisualizationError.invalidArgument` for sides that no picture has.
  /// - Precondition: there are four axes.
  package func resizedMaps(height: Int, width: Int) throws(VisualizationError) -> Tensor {
    guard (1...16384).contains(height), (1...16384).contains(width) else {
      throw .invalidArgument("size", "\(height)×\(width) is not in 1...16384")
    }
    guard shape[1] != height || shape[2] != width else { return self }
    let size = PictureSize(height: shape[1], width: shape[2], channels: shape[3])
    let resizing = Resampling.resize(size, height: height, width: width)
    var result = Tensor(shape: [shape[0], height, width, shape[3]])
    let count = resizing.outputSize.count
    result.withUnsafeMutableBufferPointer { elements in
      for picture in 0..<shape[0] {
        var map = UnsafeMutableBufferPointer(
          rebasing: elements[picture * count..<(picture + 1) * count]
        ).mutableSpan
        resizing.apply(self[picture: picture], into: &map)
      }
    }
    return result
  }
}
