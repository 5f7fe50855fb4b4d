import FeatureVisualization

/// Means and variances of many numbers at once, without keeping what they are of (Welford 1962).
struct RunningMoments {
  private var count = 0.0
  private var means: [Double]
  /// `Σ (x − mean)²`.
  private var deviations: [Double]

  /// The numbers that a thread takes at once.
  private static let stretch = 8192

  init(count: Int) {
    means = Array(repeating: 0, count: count)
    deviations = means
  }

  /// Takes one sample of each number.
  mutating func add(_ sample: Span<Float>) {
    count += 1
    let share = 1 / count
    sample.withUnsafeBufferPointer { sample in
      means.withUnsafeMutableBufferPointer { means in
        deviations.withUnsafeMutableBufferPointer { deviations in
          nonisolated(unsafe) let (means, deviations) = (means, deviations)
          WorkerPool.forEachChunk((sample.count + Self.stretch - 1) / Self.stretch) { chunk, _ in
            for index in chunk * Self.stretch..<min(sample.count, (chunk + 1) * Self.stretch) {
              let value = Double(sample[index])
              let before = value - means[index]
              means[index] += before * share
              deviations[index] += before * (value - means[index])
            }
          }
        }
      }
    }
  }

  /// What is known of the samples.
  func values(_ statistic: SmoothGrad.Statistic) -> [Float] {
    means.indices.map { index in
      let (mean, variance) = (means[index], deviations[index] / max(count, 1))
      return switch statistic {
      case .mean: Float(mean)
      case .variance: Float(variance)
      case .meanSquare: Float(variance + mean * mean)
      }
    }
  }
}
