public import FeatureVisualization

/// How much each part of some pictures speaks for an objective.
public struct AttributionMap: Sendable, Equatable {
  /// `[N, H, W, C]` over the pictures' pixels: C is 1, or the pictures' channels. Signals are pictures of one row.
  public let values: Tensor
  /// Whether negative values say that a part speaks against the objective; values are 0 or more where not.
  public let isSigned: Bool

  /// A map of these values.
  ///
  /// - Parameters:
  ///   - values: `[N, H, W, C]`.
  ///   - isSigned: whether negative values speak against the objective.
  /// - Precondition: `values` has four axes.
  public init(_ values: Tensor, isSigned: Bool) {
    precondition(values.rank == 4, "a map has the shape [N, H, W, C], not \(values.shape)")
    self.values = values
    self.isSigned = isSigned
  }

  /// The maps of several pictures as one, `[N₁ + N₂ + …, H, W, C]`; signed where one of them is.
  ///
  /// - Throws: `VisualizationError.invalidOperands` where there are none, or maps of several sizes.
  public init(stacking maps: [AttributionMap]) throws(VisualizationError) {
    self.init(
      try Tensor(stacking: maps.map(\.values)), isSigned: maps.contains(where: \.isSigned))
  }

  /// The number of pictures.
  public var pictureCount: Int { values.pictureCount }

  /// The map of one picture, `[1, H, W, C]`.
  ///
  /// - Precondition: there is a picture of this number.
  public func picture(_ index: Int) -> AttributionMap {
    AttributionMap(values.picture(index), isSigned: isSigned)
  }
}
