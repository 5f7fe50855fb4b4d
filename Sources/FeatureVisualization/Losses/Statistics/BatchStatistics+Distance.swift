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
    /// `√(mean ((μ − μ_trained) / σ_trained)²) + √(mean max(0, σ / σ_trained − 1)²)`: as `relative`, where a channel may vary
    /// as little as it likes.
    ///
    /// It is for each picture by itself. What varies over the training set does so within its pictures and from one to
    /// the next, so that within a picture it mostly varies less.
    case relativeExcess
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
    case .relativeExcess: relative(moments, weight, &gradient, leastDeviation: 0)
    }
  }

  private func published(
    _ moments: ChannelMoments, _ weight: Float, _ gradient: inout MomentGradient?
  ) -> Double {
    let means = zip(moments.mean, mean.elements).map { $0 - $1 }
    let variances = zip(moments.variance, variance.elements).map { $0 - $1 }
    let meanExcess = Excess(of: length(means), over: tolerance.mean)
    let varianceExcess = Excess(of: length(variances), over: tolerance.deviation)
    let meanRate = weight * meanExcess.rate
    let varianceRate = weight * varianceExcess.rate
    for channel in means.indices {
      gradient?.mean[channel] += meanRate * means[channel]
      gradient?.variance[channel] += varianceRate * variances[channel]
    }
    return meanExcess.value + varianceExcess.value
  }

  /// - Parameter leastDeviation: deviations of the picture's from what was trained that are below count as this.
  private func relative(
    _ moments: ChannelMoments, _ weight: Float, _ gradient: inout MomentGradient?,
    leastDeviation: Float = -1
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
    let deviations = ratios.map { Swift.max($0 - 1, leastDeviation) }
    let scale = 1 / Double(trained.count).squareRoot()
    let meanExcess = Excess(of: length(means), times: scale, over: tolerance.mean)
    let deviationExcess = Excess(of: length(deviations), times: scale, over: tolerance.deviation)
    let meanRate = weight * meanExcess.rate
    let deviationRate = weight * deviationExcess.rate
    for channel in rates.indices {
      gradient?.mean[channel] += meanRate * means[channel] * rates[channel].squareRoot()
      gradient?.variance[channel] +=
        deviationRate * deviations[channel] * rates[channel] / (2 * ratios[channel])
    }
    return meanExcess.value + deviationExcess.value
  }

  private func length(_ values: [Float]) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}

/// What of a distance is beyond what costs nothing.
private struct Excess {
  let value: Double
  /// The distance changes by this times what it is the length of; 0 where nothing is beyond, a length of 0 included.
  let rate: Float

  init(of length: Double, times scale: Double = 1, over tolerance: Float) {
    value = Swift.max(0, scale * length - Double(tolerance))
    rate = value > 0 ? Float(scale / length) : 0
  }
}
