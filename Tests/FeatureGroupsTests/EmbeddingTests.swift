import Testing

@testable import FeatureGroups

/// A layout that puts unlike samples beside one another would make cells of unlike samples.
@Suite("Neighbour embedding") struct EmbeddingTests {
  private let fixture: Fixture
  private let samples: Tensor

  init() throws {
    fixture = try Fixture("embedding")
    samples = fixture.tensor("samples", [240, 64])
  }

  /// Who is how near to whom is what umap-learn makes of the same samples.
  @Test func `the graph is that of the method's authors`() throws {
    let few = Matrix(rows: 40, columns: 64, elements: Array(fixture.numbers("samples")[..<2560]))
    let graph = NeighbourGraph(of: few, neighbours: 6)
    var found = Matrix(rows: 40, columns: 40)
    for edge in graph.edges { found[edge.from, edge.to] = edge.weight }
    #expect(difference(found.elements, fixture.numbers("graph")) < 1e-3)
  }

  /// Neighbours on the plane are neighbours in truth, as much as umap-learn's are and more than principal components':
  /// scikit-learn's trustworthiness, 1 at best.
  @Test func `neighbours stay neighbours`() throws {
    let layout = NeighbourEmbedding(neighbours: 15, minimumDistance: 0.05)
    let places = try layout.coordinates(of: samples)
    let trust = trustworthiness(places)
    #expect(trust > fixture.numbers("trust")[0] - 0.01)
    #expect(trust > fixture.numbers("trust_of_components")[0] + 0.05)
    #expect(
      abs(
        trustworthiness(try PrincipalLayout().coordinates(of: samples))
          - fixture.numbers("trust_of_components")[0]) < 0.002)
    #expect(places == (try layout.coordinates(of: samples)))
  }

  @Test func `what cannot be laid out is refused`() throws {
    let layout = NeighbourEmbedding()
    for shape in [[1, 3], [4, 0]] {
      #expect(throws: VisualizationError.self) { try layout.coordinates(of: Tensor(shape: shape)) }
    }
    #expect(throws: VisualizationError.self) {
      try layout.coordinates(of: Tensor(shape: [5, 3], repeating: 1))
    }
    #expect(throws: VisualizationError.self) {
      try NeighbourEmbedding(neighbours: 1).coordinates(of: samples)
    }
    #expect(throws: VisualizationError.self) {
      try NeighbourEmbedding(minimumDistance: 1).coordinates(of: samples)
    }
  }

  /// Fewer samples than neighbours asked for, some of them the same, and some 0: places are finite all the same.
  @Test func `small and repeated sets are laid out`() throws {
    let vectors = Tensor(shape: [5, 2], elements: [1, 0, 1, 0, 0, 1, 0, 0, 0, 0])
    let places = try NeighbourEmbedding().coordinates(of: vectors)
    #expect(places.allSatisfy { $0.x.isFinite && $0.y.isFinite })
  }

  /// `1 − 2 / (n k (2n − 3k − 1)) Σ over i, and its k neighbours on the plane, of max(0, rank − k)`.
  private func trustworthiness(_ places: [SIMD2<Float>], k: Int = 10) -> Double {
    let numbers = fixture.numbers("samples")
    let vectors = (0..<places.count).map { Array(numbers[$0 * 64..<($0 + 1) * 64]) }
    var sum = 0
    for index in places.indices {
      let others = places.indices.filter { $0 != index }
      let far = vectors.map { 1 - cosine(vectors[index], $0) }
      let truth = others.sorted { (far[$0], $0) < (far[$1], $1) }
      let distances = places.map { place in
        let step = place - places[index]
        return (step * step).sum()
      }
      let near = others.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(k)
      for other in near { sum += max(0, (truth.firstIndex(of: other) ?? 0) + 1 - k) }
    }
    let n = places.count
    return 1 - 2 * Double(sum) / Double(n * k * (2 * n - 3 * k - 1))
  }
}
