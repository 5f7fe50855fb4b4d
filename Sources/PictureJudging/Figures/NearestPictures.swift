/// The nearest to each of some pictures among many that pass by, none of which is kept.
public struct NearestPictures: Sendable {
  /// A picture that passed by.
  public struct Neighbour: Sendable, Equatable, Encodable {
    /// Its name.
    public let name: String
    /// `1 − cos` of the features, 0…2.
    public let distance: Float
  }

  private let features: [[Float]]
  /// The nearest up to now to each picture, the first of equally near ones; `nil` where none was comparable.
  public private(set) var neighbours: [Neighbour?]

  /// - Parameter features: those of the pictures that neighbours are looked for of, as one judge's opinions state them.
  public init(to features: [[Float]]) {
    self.features = features
    neighbours = features.map { _ in nil }
  }

  /// Looks at the next picture.
  public mutating func add(_ others: [Float], named name: String) {
    for index in features.indices {
      guard let distance = FeatureDistance.between(features[index], others) else { continue }
      if let best = neighbours[index], best.distance <= distance { continue }
      neighbours[index] = Neighbour(name: name, distance: distance)
    }
  }
}
