import FeatureVisualization

/// A statistic of many numbers at once, without keeping what it is of (Welford 1962).
struct RunningMoments {
  private let statistic: SmoothGrad.Statistic
  private var count = 0.0
  private var means: [Double]
  /// `Σ (x − mean)²`; empty where nobody asks for it.
  private var deviations: [Double]

  /// The numbers that a thread takes at once.
  private static let stretch = 8192

  init(_ statistic: SmoothGrad.Statistic, count: Int) {
    self.statistic = statistic
    means = Array(repeating: 0, count: count)
    deviations = statistic == .mean ? [] : means
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
            let indices = chunk * Self.stretch..<min(sample.count, (chunk + 1) * Self.stretch)
            if deviations.isEmpty {
              for index in indices {
                means[index] += (Double(sample[index]) - means[index]) * share
              }
            } else {
              for index in indices {
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
  }

  /// The statistic of the samples taken.
  var values: [Float] {
    means.indices.map { index in
      switch statistic {
      case .mean: Float(means[index])
      case .variance: Float(deviations[index] / max(count, 1))
      case .meanSquare:
        Float(deviations[index] / max(count, 1) + means[index] * means[index])
      }
    }
  }
}
