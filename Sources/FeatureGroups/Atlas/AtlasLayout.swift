public import FeatureVisualization

/// A way to lay samples out on a plane, so that like ones are neighbours.
public protocol AtlasLayout: Sendable {
  /// What reports call it.
  var name: String { get }

  /// A place for each sample, in any scale.
  ///
  /// - Parameter vectors: `[n, C]`, finite.
  /// - Throws: `VisualizationError` where they cannot be laid out.
  func coordinates(of vectors: Tensor) throws(VisualizationError) -> [SIMD2<Float>]
}

/// The two directions along which activations vary most: fast, and the same for any order of samples.
public struct PrincipalLayout: AtlasLayout {
  /// Whether both axes get variance 1.
  public let isWhitened: Bool

  /// - Parameter isWhitened: whether both axes get variance 1.
  public init(isWhitened: Bool = false) { self.isWhitened = isWhitened }

  public var name: String { "principal components" }

  public func coordinates(of vectors: Tensor) throws(VisualizationError) -> [SIMD2<Float>] {
    try vectors.validateSamples("samples", atLeast: 2)
    let units = vectors.shape[vectors.rank - 1]
    let components = try PrincipalComponents(of: vectors, count: min(2, units))
    let found = try components.coordinates(of: vectors, isWhitened: isWhitened)
    let numbers = found.elements
    return (0..<found.shape[0]).map { row in
      units > 1 ? SIMD2(numbers[2 * row], numbers[2 * row + 1]) : SIMD2(numbers[row], 0)
    }
  }
}

/// Places that were found elsewhere, one for each sample.
public struct GivenLayout: AtlasLayout {
  /// The places.
  public let places: [SIMD2<Float>]

  /// - Parameter places: one for each sample, finite.
  public init(_ places: [SIMD2<Float>]) { self.places = places }

  public var name: String { "given" }

  public func coordinates(of vectors: Tensor) throws(VisualizationError) -> [SIMD2<Float>] {
    guard places.count == vectors.shape[0] else {
      throw .invalidArgument(
        "places", "\(places.count) places for \(vectors.shape[0]) samples")
    }
    return places
  }
}

extension AtlasLayout where Self == PrincipalLayout {
  /// The two directions along which activations vary most.
  public static func principal(isWhitened: Bool = false) -> Self { Self(isWhitened: isWhitened) }
}

extension AtlasLayout where Self == NeighbourEmbedding {
  /// Samples beside those that they are most like: what activation atlases are laid out by.
  public static func neighbours(
    _ count: Int = 50, minimumDistance: Double = 0.05, seed: UInt64 = 0
  ) -> Self {
    Self(neighbours: count, minimumDistance: minimumDistance, seed: seed)
  }
}

extension AtlasLayout where Self == GivenLayout {
  /// Places that were found elsewhere.
  public static func given(_ places: [SIMD2<Float>]) -> Self { Self(places) }
}
