public import FeatureVisualization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// Samples beside those that they are most like by cosine: UMAP.
///
/// A graph says how near samples are to one another. Places start at the first two principal components and are moved, sample
/// after sample, so that neighbours come near and others, five drawn for each neighbour, keep away; steps shrink from 1 to 0.
/// Deterministic by its seed. Neighbours are found by comparing all samples, not by a search tree, and the start is not the
/// graph's spectrum: places differ from those of the method's authors' package, which tells neighbours apart as well.
/// McInnes, Healy and Melville 2018, https://arxiv.org/abs/1802.03426; the numbers are those of activation atlases.
public struct NeighbourEmbedding: AtlasLayout {
  /// k, how many samples count as near to each, itself included.
  public let neighbours: Int
  /// How near neighbours may come on the plane.
  public let minimumDistance: Double
  /// How often the samples are gone through.
  public let rounds: Int
  /// Fixes which samples keep away from which.
  public let seed: UInt64

  /// - Parameters:
  ///   - neighbours: 2 or more; 50 for atlases of all classes, 20 for those of one.
  ///   - minimumDistance: from 0 to below 1; 0.05 and 0.01.
  ///   - rounds: how often the samples are gone through.
  ///   - seed: fixes which samples keep away from which.
  public init(
    neighbours: Int = 50, minimumDistance: Double = 0.05, rounds: Int = 200, seed: UInt64 = 0
  ) {
    self.neighbours = neighbours
    self.minimumDistance = minimumDistance
    self.rounds = rounds
    self.seed = seed
  }

  public var name: String { "neighbour embedding" }

  /// The most samples: all pairs of them are compared.
  static let mostSamples = 20_000

  /// - Complexity: O(n² C) for the neighbours, O(rounds · n · neighbours) for the places.
  public func coordinates(of vectors: Tensor) throws(VisualizationError) -> [SIMD2<Float>] {
    guard neighbours >= 2, (0..<1).contains(minimumDistance), rounds > 0 else {
      throw .invalidArgument(
        "neighbours",
        "\(neighbours) at a distance of \(minimumDistance) in \(rounds) rounds: 2 at least, 0..<1, 1 at least"
      )
    }
    try vectors.validateSamples("samples", atLeast: 2)
    guard vectors.sampleCount <= Self.mostSamples else {
      throw .invalidArgument(
        "samples", "\(vectors.sampleCount), of at most \(Self.mostSamples): lay them out by PCA")
    }
    let graph = NeighbourGraph(of: Matrix(rowsOf: vectors), neighbours: neighbours)
    var places = try start(vectors)
    move(&places, along: graph)
    return places.map { SIMD2(Float($0.x), Float($0.y)) }
  }

  /// The principal components, scaled to −10…10.
  private func start(_ vectors: Tensor) throws(VisualizationError) -> [SIMD2<Double>] {
    let places = try PrincipalLayout().coordinates(of: vectors)
    let largest = places.reduce(0) { max($0, abs($1.x), abs($1.y)) }
    guard largest > 0 else {
      throw .invalidArgument("samples", "all of them are the same")
    }
    return places.map { SIMD2(Double($0.x), Double($0.y)) * (10 / Double(largest)) }
  }

  private func move(_ places: inout [SIMD2<Double>], along graph: NeighbourGraph) {
    let strongest = graph.edges.reduce(0) { max($0, $1.weight) }
    // What would not be drawn once in all rounds does not count.
    let edges = graph.edges.filter { $0.weight * Double(rounds) >= strongest }
    let periods = edges.map { strongest / $0.weight }
    var (next, nextOther) = (periods, periods.map { $0 / 5 })
    let curve = NearnessCurve(minimumDistance: minimumDistance)
    var generator = SeededGenerator(seed: seed)
    let last = places.count - 1
    for round in 0..<rounds {
      let rate = 1 - Double(round) / Double(rounds)
      for (index, edge) in edges.enumerated() where next[index] <= Double(round) {
        let step = curve.attraction(places[edge.from] - places[edge.to]) * rate
        places[edge.from] += step
        places[edge.to] -= step
        next[index] += periods[index]
        let count = max(0, Int((Double(round) - nextOther[index]) / (periods[index] / 5)))
        for _ in 0..<count {
          let other = generator.integer(in: 0...last)
          guard other != edge.from else { continue }
          places[edge.from] += curve.repulsion(places[edge.from] - places[other]) * rate
        }
        nextOther[index] += Double(count) * periods[index] / 5
      }
    }
  }
}

extension NearnessCurve {
  /// How a place moves towards a neighbour, by the gradient of the log of nearness, each coordinate within −4…4.
  fileprivate func attraction(_ difference: SIMD2<Double>) -> SIMD2<Double> {
    let square = (difference * difference).sum()
    guard square > 0 else { return .zero }
    let power = pow(square, b)
    return clipped(difference * (-2 * a * b * power / square / (a * power + 1)))
  }

  /// How a place moves away from one that is no neighbour.
  fileprivate func repulsion(_ difference: SIMD2<Double>) -> SIMD2<Double> {
    let square = (difference * difference).sum()
    guard square > 0 else { return .zero }
    return clipped(difference * (2 * b / ((0.001 + square) * (a * pow(square, b) + 1))))
  }

  private func clipped(_ step: SIMD2<Double>) -> SIMD2<Double> {
    step.clamped(lowerBound: SIMD2(repeating: -4), upperBound: SIMD2(repeating: 4))
  }
}
