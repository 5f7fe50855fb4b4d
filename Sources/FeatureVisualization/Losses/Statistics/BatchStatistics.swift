/// Lowers how far the statistics of layers are from those that batch normalizations were trained with:
/// `Σ_layers w · (|σ² − σ²_trained| + |μ − μ_trained|)`, lengths over channels, with the mean and the biased variance over
/// positions.
///
///     CrossEntropy(layer: "fc", class: "zebra") + 0.01 * BatchStatistics(of: network)
///
/// Natural pictures have such statistics, so that it is the strongest prior known that needs no data. Statistics are those
/// of each picture by itself, or of the whole batch, as DeepInversion has them: then a large batch is to vary as the
/// training set did, and pictures get an equal share of the value.
/// Yin et al. 2020, DeepInversion, https://arxiv.org/abs/1912.08795.
public struct BatchStatistics: ExpressionLoss {
  /// What a layer's output is known to be like.
  public struct Known: Sendable {
    /// The layer whose output is looked at.
    public let layer: LayerID
    /// μ_trained, one number per channel.
    public let mean: Tensor
    /// σ²_trained, one number per channel.
    public let variance: Tensor
    /// w.
    public let weight: Float

    /// Statistics of a layer's output, `[C]` each.
    public init(layer: LayerID, mean: Tensor, variance: Tensor, weight: Float = 1) {
      (self.layer, self.mean, self.variance, self.weight) = (layer, mean, variance, weight)
    }
  }

  /// What statistics are taken over.
  public enum Sample: Sendable, Hashable {
    /// The positions of each picture.
    case picture
    /// The positions of all pictures of the batch together.
    case batch
  }

  /// The layers, with what they are known to be like.
  public let layers: [Known]
  /// What statistics are taken over.
  public let sample: Sample
  public let tapes = TapeCache()

  /// Holds layers to statistics of one's own.
  public init(_ layers: [Known], over sample: Sample = .picture) {
    (self.layers, self.sample) = (layers, sample)
  }

  public var name: String { "BatchStatistics" }
  public var role: Role { .prior }
  public var couplesPictures: Bool { sample == .batch }

  public var subjects: [LossSubject] {
    var subjects: [LossSubject] = []
    for known in layers where !subjects.contains(.layer(known.layer)) {
      subjects.append(.layer(known.layer))
    }
    return subjects
  }

  public func expression(for shapes: [[Int]]) throws(VisualizationError) -> TensorExpression {
    let subjects = subjects
    var sum = TensorExpression.constant(0)
    for known in layers {
      guard let place = subjects.firstIndex(of: .layer(known.layer)) else { continue }
      try known.validate(in: shapes[place])
      sum = sum + known.weight * distance(to: known, rank: shapes[place].count)
    }
    guard !layers.isEmpty else {
      throw .invalidArgument("layers", "there are no statistics to hold a layer to")
    }
    return sample == .batch ? sum.dividedAmongPictures() : sum
  }

  private func distance(to known: Known, rank: Int) -> TensorExpression {
    let activations = TensorExpression.layer(known.layer)
    let axes: TensorAxes = sample == .batch ? .numbers(Array(0..<rank - 1)) : .positions
    let mean = activations.mean(over: axes, keepingAxes: true)
    let variance = (activations - mean).squared().mean(over: axes, keepingAxes: true)
    return (variance - known.variance).norm() + (mean - known.mean).norm()
  }
}

extension BatchStatistics.Known {
  /// Refuses statistics that are not those of a layer's channels.
  fileprivate func validate(in shape: [Int]) throws(VisualizationError) {
    let channels = shape.last ?? 0
    guard shape.count > 1, mean.shape == [channels], variance.shape == [channels] else {
      throw .invalidArgument(
        "layers",
        "a mean of shape \(mean.shape) and a variance of shape \(variance.shape) for layer '\(layer)', \(shape)"
      )
    }
    guard (mean.elements + variance.elements + [weight]).allSatisfy(\.isFinite) else {
      throw .invalidArgument("layers", "the statistics of layer '\(layer)' are not finite")
    }
  }
}
