public import FeatureVisualization

/// Activations of a layer at positions of many pictures, and where they are from.
public struct ActivationSamples: Sendable {
  /// Where a sample is from.
  public struct Place: Sendable, Hashable {
    /// The picture, in the order in which pictures came.
    public let picture: Int
    /// The row of the feature map; 0 of a layer without positions.
    public let row: Int
    /// Its column.
    public let column: Int

    /// A position of a picture.
    public init(picture: Int, row: Int, column: Int) {
      (self.picture, self.row, self.column) = (picture, row, column)
    }
  }

  /// The layer as the network calls it.
  public let layer: String
  /// The activations, `[n, C]`.
  public let vectors: Tensor
  /// Where each is from.
  public let places: [Place]
  /// How much each speaks for a class, `Σ over units of activation · ∂score/∂activation`; `nil` where no class was asked
  /// for.
  public let attributions: [Float]?

  /// Samples that were collected elsewhere.
  ///
  /// - Parameters:
  ///   - vectors: `[n, C]`.
  ///   - places: n of them.
  ///   - attributions: n of them.
  /// - Throws: `VisualizationError.invalidArgument` where there are not as many of each, or numbers are not finite.
  public init(layer: String, vectors: Tensor, places: [Place], attributions: [Float]? = nil)
    throws(VisualizationError)
  {
    try vectors.validateSamples("vectors")
    guard vectors.rank == 2, places.count == vectors.shape[0],
      attributions.map({ $0.count == places.count }) ?? true
    else {
      throw .invalidArgument(
        "vectors",
        "shape \(vectors.shape), \(places.count) places and \(attributions?.count ?? 0) attributions"
      )
    }
    self.layer = layer
    self.vectors = vectors
    self.places = places
    self.attributions = attributions
  }

  /// The number of samples.
  public var count: Int { places.count }

  /// The samples that speak for the class: those of attributions above 0, or the strongest of them.
  ///
  /// About half of all samples speak for any class a little; what is its own is among the strongest.
  ///
  /// - Parameter share: how many of them are kept, strongest first, above 0 to 1; the first of equal ones.
  /// - Throws: `VisualizationError.invalidArgument` where no class was asked for, no sample speaks for it, or for another
  ///   share.
  public func speakingForClass(strongest share: Double = 1) throws(VisualizationError)
    -> ActivationSamples
  {
    guard share > 0, share <= 1 else {
      throw .invalidArgument("share", "\(share) is not above 0 and up to 1")
    }
    guard let attributions else {
      throw .invalidArgument("attributions", "no class was asked for when samples were taken")
    }
    let speaking = attributions.indices.filter { attributions[$0] > 0 }
    guard !speaking.isEmpty else {
      throw .invalidArgument(
        "attributions", "none of \(count) samples speaks for the class: take other pictures")
    }
    let kept = Int((share * Double(speaking.count)).rounded(.up))
    let chosen = speaking.sorted { (-attributions[$0], $0) < (-attributions[$1], $1) }
      .prefix(kept).sorted()
    return try ActivationSamples(
      layer: layer, vectors: vectors.rows(chosen), places: chosen.map { places[$0] },
      attributions: chosen.map { attributions[$0] })
  }
}
