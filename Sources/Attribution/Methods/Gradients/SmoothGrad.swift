public import FeatureVisualization

/// Statistics of the gradients at noisy copies of the picture, which single gradients are too jagged to tell.
///
/// With g_i = ∂s/∂x at x + N(0, σ²), i = 1…n: the mean of g_i (SmoothGrad), their variance `Σ(g_i − ḡ)²/n` (VarGrad), or the
/// mean of g_i² (SquareGrad). Noisy pixels may lie outside 0…1, as in the papers.
/// Smilkov et al. 2017, https://arxiv.org/abs/1706.03825; Adebayo et al. 2018, https://arxiv.org/abs/1810.03307; Hooker et al.
/// 2019, https://arxiv.org/abs/1806.10758.
public struct SmoothGrad: AttributionMethod {
  /// What is taken of the gradients.
  public enum Statistic: String, Sendable, CaseIterable {
    /// Their mean.
    case mean = "smooth-grad"
    /// Their variance.
    case variance = "var-grad"
    /// The mean of their squares.
    case meanSquare = "square-grad"
  }

  /// What is taken of the gradients.
  public let statistic: Statistic
  /// The noisy copies.
  public let samples: Int
  /// How strong the noise is.
  public let noise: NoiseLevel
  /// How channels become one number of a pixel; `nil` keeps them, with the mean's signs.
  public let reduction: ChannelReduction?

  /// - Parameters:
  ///   - statistic: what is taken of the gradients.
  ///   - samples: the noisy copies, 50 unless given.
  ///   - noise: how strong the noise is, 0.15 of the picture's range unless given.
  ///   - reduction: how channels become one number of a pixel; `nil` keeps them, with the mean's signs.
  public init(
    _ statistic: Statistic = .mean, samples: Int = 50, noise: NoiseLevel = .relative(0.15),
    reduction: ChannelReduction? = .largestMagnitude
  ) {
    (self.statistic, self.samples, self.noise) = (statistic, samples, noise)
    self.reduction = reduction
  }

  public var name: String { statistic.rawValue }

  /// - Complexity: `samples` times a forward and backward pass, in batches.
  public func attribution(of question: AttributionQuestion) throws(VisualizationError)
    -> AttributionMap
  {
    guard (1...1_000_000).contains(samples) else {
      throw .invalidArgument("samples", "\(samples) is not in 1...1000000")
    }
    let picture = question.picture
    let deviation = try noise.deviation(of: picture)
    let normal = NormalNoise(seed: question.seed)
    var moments = RunningMoments(statistic, count: picture.count)
    try question.forEachEvaluation(count: samples, by: question.backpropModifier) { index in
      normal.added(to: picture, deviation: deviation, sample: index)
    } _: { batch in
      for index in 0..<batch.gradient.pictureCount { moments.add(batch.gradient[picture: index]) }
    }
    let values = Tensor(shape: picture.shape, elements: moments.values)
    let map = AttributionMap(values, isSigned: statistic == .mean)
    return reduction.map { map.reduced(by: $0) } ?? map
  }
}

extension AttributionMethod where Self == SmoothGrad {
  /// The mean gradient of noisy copies, by default of 50 with noise of 0.15 of the picture's range.
  public static func smoothGrad(
    samples: Int = 50, noise: NoiseLevel = .relative(0.15)
  ) -> SmoothGrad {
    SmoothGrad(.mean, samples: samples, noise: noise)
  }

  /// The variance of the gradients of noisy copies.
  public static func varGrad(samples: Int = 50, noise: NoiseLevel = .relative(0.15)) -> SmoothGrad {
    SmoothGrad(.variance, samples: samples, noise: noise)
  }

  /// The mean square of the gradients of noisy copies.
  public static func squareGrad(
    samples: Int = 50, noise: NoiseLevel = .relative(0.15)
  ) -> SmoothGrad {
    SmoothGrad(.meanSquare, samples: samples, noise: noise)
  }
}
