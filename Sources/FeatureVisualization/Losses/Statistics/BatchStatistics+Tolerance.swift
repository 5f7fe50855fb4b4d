extension BatchStatistics {
  /// How far off a layer's statistics may be at no cost, in units of the distance.
  ///
  /// No picture is the average picture. By relative distances the means of photos are off by 0.3 in early layers of a
  /// network and by 0.6 in deep ones, and a channel hardly varies more within a photo than over the training set.
  public struct Tolerance: Sendable, Hashable {
    /// The distance of the means that costs nothing.
    public let mean: Float
    /// The distance of the deviations, or of the variances, that costs nothing.
    public let deviation: Float

    /// Distances that cost nothing, 0 or more.
    public init(mean: Float, deviation: Float) {
      (self.mean, self.deviation) = (mean, deviation)
    }

    /// Whatever is off costs.
    public static let none = Tolerance(mean: 0, deviation: 0)

    /// `self + (other - self) · share`.
    fileprivate func mixed(with other: Tolerance, _ share: Float) -> Tolerance {
      Tolerance(
        mean: mean + (other.mean - mean) * share,
        deviation: deviation + (other.deviation - deviation) * share)
    }
  }

  /// The same with tolerances that change from the first layer to the last, `first + (last − first) · (place / count)²`.
  ///
  /// Deep layers see things: what is natural for a picture of one thing is further from the average there, and photos are
  /// off about as much in all but the last third of a network.
  public func tolerating(from first: Tolerance, to last: Tolerance) -> BatchStatistics {
    tolerating { _, depth in first.mixed(with: last, depth * depth) }
  }

  /// The same with a tolerance for each layer.
  ///
  /// - Parameter tolerance: by a layer and its depth, 0 for the first and 1 for the last.
  public func tolerating(
    _ tolerance: (_ known: Known, _ depth: Float) -> Tolerance
  ) -> BatchStatistics {
    let steps = Float(max(layers.count - 1, 1))
    let tolerant = layers.enumerated().map { place, known in
      Known(
        layer: known.layer, mean: known.mean, variance: known.variance, weight: known.weight,
        tolerance: tolerance(known, Float(place) / steps))
    }
    return BatchStatistics(tolerant, over: sample, by: distance)
  }
}
