/// Lowers how far the statistics of layers are from those that batch normalizations were trained with:
/// `Σ_layers w · distance`, of the mean and the biased variance over positions.
///
///     CrossEntropy(layer: "fc", class: "zebra") + 0.01 * BatchStatistics(of: network)
///
/// Natural pictures have such statistics, so that it is the strongest prior known that needs no data. Statistics are those
/// of each picture by itself, or of the whole batch, as DeepInversion has them: then a large batch is to vary as the
/// training set did, and pictures get an equal share of the value.
/// Yin et al. 2020, DeepInversion, https://arxiv.org/abs/1912.08795.
public struct BatchStatistics: Loss {
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
    /// How far off they may be at no cost.
    public let tolerance: Tolerance

    /// Statistics of a layer's output, `[C]` each.
    public init(
      layer: LayerID, mean: Tensor, variance: Tensor, weight: Float = 1,
      tolerance: Tolerance = .none
    ) {
      (self.layer, self.mean, self.variance) = (layer, mean, variance)
      (self.weight, self.tolerance) = (weight, tolerance)
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
  /// How far statistics are from what is known.
  public let distance: Distance
  /// What is known of each subject.
  let knownBySubject: [[Known]]

  /// Holds layers to statistics of one's own.
  public init(_ layers: [Known], over sample: Sample = .picture, by distance: Distance = .published)
  {
    (self.layers, self.sample, self.distance) = (layers, sample, distance)
    var places: [LayerID: Int] = [:]
    var knownBySubject: [[Known]] = []
    for known in layers {
      let place = places[known.layer] ?? knownBySubject.count
      if place == knownBySubject.count { knownBySubject.append([]) }
      places[known.layer] = place
      knownBySubject[place].append(known)
    }
    self.knownBySubject = knownBySubject
  }

  public var name: String { "BatchStatistics" }
  public var role: Role { .prior }
  public var couplesPictures: Bool { sample == .batch }
  public var subjects: [LossSubject] { knownBySubject.map { .layer($0[0].layer) } }

  public func validate(_ shapes: [[Int]]) throws(VisualizationError) {
    guard !layers.isEmpty else {
      throw .invalidArgument("layers", "there are no statistics to hold a layer to")
    }
    for (known, shape) in zip(knownBySubject, shapes) {
      for known in known { try known.validate(in: shape) }
    }
  }

  public func selecting(_ pictures: [Int]) -> Self? { couplesPictures ? nil : self }
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
    guard tolerance.mean >= 0, tolerance.deviation >= 0 else {
      throw .invalidArgument(
        "layers", "the tolerance of layer '\(layer)' is \(tolerance), not 0 or more")
    }
  }
}
