extension BatchStatistics {
  /// How far a layer's statistics are from those that it was trained with.
  public enum Distance: Sendable, Hashable {
    /// `|σ² − σ²_trained| + |μ − μ_trained|`, lengths over channels, as DeepInversion has it.
    ///
    /// A layer counts by the size of its numbers: where these differ by orders of magnitude, a few layers are all that
    /// counts.
    case published
    /// `√(mean ((μ − μ_trained) / σ_trained)²) + √(mean (σ / σ_trained − 1)²)`, means over channels.
    ///
    /// It is near 1 for any layer that is off by as much as its channels vary, whatever their number and scale, so that
    /// layers count alike. Channels that hardly varied in training are taken to vary by a hundredth of the layer's root
    /// mean square.
    case relative
  }
}

extension BatchStatistics.Known {
  /// The distance of a layer's moments; adds `weight` times what it changes by with them where that is asked for.
  func distance(
    _ distance: BatchStatistics.Distance, of moments: ChannelMoments, adding weight: Float,
    to gradient: inout MomentGradient?
  ) -> Double {
    switch distance {
    case .published: published(moments, weight, &gradient)
    case .relative: relative(moments, weight, &gradient)
    }
  }

  private func published(
    _ moments: ChannelMoments, _ weight: Float, _ gradient: inout MomentGradient?
  ) -> Double {
    let means = zip(moments.mean, mean.elements).map { $0 - $1 }
    let variances = zip(moments.variance, variance.elements).map { $0 - $1 }
    let (meanLength, varianceLength) = (length(means), length(variances))
    // A length of 0 has no slope.
    let meanRate = meanLength > 0 ? weight / Float(meanLength) : 0
    let varianceRate = varianceLength > 0 ? weight / Float(varianceLength) : 0
    for channel in means.indices {
      gradient?.mean[channel] += meanRate * means[channel]
      gradient?.variance[channel] += varianceRate * variances[channel]
    }
    return meanLength + varianceLength
  }

  private func relative(
    _ moments: ChannelMoments, _ weight: Float, _ gradient: inout MomentGradient?
  ) -> Double {
    let trained = variance.elements
    // What does not vary is taken to vary by a hundredth, in training as in the picture: a root has no slope at 0.
    let rest: Float = 1e-4
    let floor = Swift.max(
      rest * trained.reduce(0, +) / Float(trained.count), .leastNormalMagnitude)
    let rates = trained.map { 1 / Swift.max($0, floor) }
    let means = mean.elements.indices.map {
      (moments.mean[$0] - mean.elements[$0]) * rates[$0].squareRoot()
    }
    let ratios = rates.indices.map { (moments.variance[$0] * rates[$0] + rest).squareRoot() }
    let deviations = ratios.map { $0 - 1 }
    let scale = 1 / Double(trained.count).squareRoot()
    let (meanLength, deviationLength) = (length(means), length(deviations))
    let meanRate = meanLength > 0 ? weight * Float(scale / meanLength) : 0
    let deviationRate = deviationLength > 0 ? weight * Float(scale / deviationLength) : 0
    for channel in rates.indices {
      gradient?.mean[channel] += meanRate * means[channel] * rates[channel].squareRoot()
      gradient?.variance[channel] +=
        deviationRate * deviations[channel] * rates[channel] / (2 * ratios[channel])
    }
    return scale * (meanLength + deviationLength)
  }

  private func length(_ values: [Float]) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}
