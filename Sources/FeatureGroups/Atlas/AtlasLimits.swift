import FeatureVisualization

/// The part of the plane that an atlas shows, along one axis: from the first to the ninety-ninth percentile, and a tenth of
/// that more on either side.
///
/// What lies outside is moved to the edge. Both margins are a tenth of the same length: measured one after the other, the
/// second would be longer. Percentiles are interpolated linearly between samples.
struct AtlasLimits {
  let low: Double
  let high: Double

  init(of coordinates: [Double]) {
    let sorted = coordinates.sorted()
    func percentile(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = Int(place)
      guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
      return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
    }
    let (first, last) = (percentile(0.01), percentile(0.99))
    let margin = 0.1 * (last - first)
    (low, high) = (first - margin, last + margin)
  }

  /// Where a coordinate lies between the limits, 0…1; the middle where all are alike.
  func share(_ coordinate: Double) -> Double {
    high > low ? min(1, max(0, (coordinate - low) / (high - low))) : 0.5
  }
}
