public import ConvolutionalNetworks
public import FeatureVisualization

/// The pictures of a stream to which the units of a layer respond most, and how they respond to all of it.
public struct NaturalExamples: Sendable {
  /// The layer's name.
  public let layer: String
  /// The size in which the pictures were looked at.
  public let size: PictureSize
  /// The pictures that were looked at.
  public let pictureCount: Int
  /// The pictures that could not be.
  public let skippedCount: Int
  /// The first of those, at most 1,000.
  public let skipped: [SkippedPicture]
  /// The units asked for, in that order.
  public let units: [UnitExamples]
}

/// A picture that could not be looked at.
public struct SkippedPicture: Sendable, Codable, Equatable {
  /// What the stream calls it.
  public let name: String
  /// What is wrong with it.
  public let reason: String
}

/// What a unit responds to most, and how it responds to all pictures.
///
/// A picture counts with the maximum of the unit's activation over its positions.
public struct UnitExamples: Sendable {
  /// The unit's index.
  public let unit: Int
  /// The best pictures, the best one first; of equal ones that which came first.
  public let best: [NaturalExample]
  /// The mean of the maxima; 0 where there is none.
  public let mean: Double
  /// The maxima of all pictures, of which quantiles are known to 2⁻⁸ of themselves.
  public let maxima: ValueHistogram
  /// The pictures of which a position is NaN or infinite; they count for nothing else.
  public let nonFiniteCount: Int

  /// The share of the pictures whose maximum is not above that of a best one, exact but for equal ones.
  ///
  /// - Parameter place: in `best`; (n − place) / n for n pictures.
  public func share(ofBest place: Int) -> Double {
    maxima.count > 0 ? Double(maxima.count - place) / Double(maxima.count) : 0
  }
}

/// A picture to which a unit responds, and where.
public struct NaturalExample: Sendable, Equatable {
  /// What the stream calls the picture.
  public let name: String
  /// The picture's place in the stream, skipped ones included.
  public let order: Int
  /// The largest activation of the unit.
  public let value: Float
  /// Where in the map it is, the first in reading order; `nil` of a layer without positions.
  public let position: MapPosition?
  /// The part of the picture, in the size that it was looked at, that this position depends on.
  public let field: MapRegion
}
