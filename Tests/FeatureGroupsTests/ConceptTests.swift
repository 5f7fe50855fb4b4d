import EmbeddedNetworks
import Testing

@testable import FeatureGroups

/// Concepts, their importances, and whether a class is sensitive to one.
@Suite("Concepts") struct ConceptTests {
  /// Sobol's g-function, whose total indices are known in closed form: `Π (|4 x − 2| + a) / (1 + a)`.
  @Test func `total indices of a known function`() throws {
    let a = [0.0, 1, 4.5, 99]
    let design = try TotalIndices(variables: 4, designs: 4096, seed: 1)
    let values = design.points.map { point in
      zip(point, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
    }
    let own = a.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let all = own.reduce(1) { $0 * (1 + $1) }
    let expected = own.map { $0 * all / (1 + $0) / (all - 1) }
    #expect(difference(design.indices(of: values), expected) < 0.03)
    #expect(design.points.count == 4096 * 6)
    #expect(design.points.joined().allSatisfy { (0..<1).contains($0) })
  }

  /// Xplique's estimate, but for the variance that both divide by: make_total_indices.py.
  @Test func `the estimate is Xplique's`() throws {
    let fixture = try Fixture("total-indices")
    let found = try TotalIndices(variables: 5).indices(of: fixture.numbers("values"))
    let variances = fixture.numbers("variances")
    let expected = fixture.numbers("indices").map { $0 * variances[0] / variances[1] }
    // Xplique works in single precision.
    #expect(difference(found, expected) < 1e-6)
  }

  /// A sum of independent parts: the shares of its variance. Few designs tell the order at least.
  @Test func `32 designs tell the order`() throws {
    for seed in 0..<8 {
      let design = try TotalIndices(variables: 3, seed: UInt64(seed))
      let indices = design.indices(of: design.points.map { 3 * $0[0] + $0[1] })
      #expect(indices[0] > indices[1] && indices[1] > indices[2])
      #expect(indices[2] == 0)
    }
    let flat = try TotalIndices(variables: 2)
    #expect(flat.indices(of: flat.points.map { _ in 1 }) == [0, 0])
    #expect(throws: VisualizationError.self) { try TotalIndices(variables: 0) }
    #expect(throws: VisualizationError.self) {
      try TotalIndices(variables: 50_000, designs: 50_000)
    }
  }

  /// The layers behind one, as a network of their own, score what the whole network scores.
  @Test func `the tail of a network scores as the whole`() throws {
    let network = try NeuralNetwork.pictureNet()
    let layer = try network.lastFeatureMap()
    let pictures = try Tensor(stacking: [.disc(side: 96), .disc(side: 96, row: 0.3)])
    let map = try network.evaluate(pictures, at: layer)
    let scores = try network.replacingFinalActivations()
      .evaluate(pictures, at: network.scoreLayer)
    let tail = try NetworkTail(network, from: layer, shape: [1] + map.shape.dropFirst(), batch: 2)
    let found = try tail.scores(of: 3, count: 2) { map.picture($0) }
    #expect(difference(found, [Double(scores[0, 3]), Double(scores[1, 3])]) < 1e-4)
  }

  /// The network's output is no layer that anything lies behind.
  @Test func `a layer without anything behind it is refused`() throws {
    let network = try NeuralNetwork.pictureNet()
    #expect(throws: VisualizationError.self) {
      try NetworkTail(network, from: network.scoreLayer, shape: [1, 24], batch: 1)
    }
  }

  /// From patches to importances: concepts are found, mapped and weighed, the same for any batch.
  @Test func `concepts of a network have importances`() throws {
    let network = try NeuralNetwork.pictureNet()
    let layer = try network.lastFeatureMap()
    let reader = try ActivationReader(network, layer: layer, batch: 4)
    let pictures = try Tensor(
      stacking: (0..<6).map { .disc(side: 96, row: 0.25 + 0.1 * Double($0)) })
    let activations = try reader.activations(of: pictures)
    let concepts = try Concepts(of: activations, layer: reader.layer, count: 3)
    let maps = try concepts.maps(of: activations)
    #expect(maps.shape == Array(activations.shape.dropLast()) + [3])
    #expect(maps.elements.allSatisfy { $0 >= 0 })
    let few = activations.picture(2)
    let importances = try concepts.importances(for: 0, in: network, at: few, designs: 8, batch: 5)
    let alone = try concepts.importances(for: 0, in: network, at: few, designs: 8, batch: 1)
    #expect(importances == alone)
    #expect(importances.allSatisfy { $0 >= 0 && $0.isFinite })
    #expect(importances.contains { $0 > 0 })
    #expect(throws: VisualizationError.self) {
      try concepts.importances(for: 99, in: network, at: few)
    }
  }

  /// Parts are cut where they should be.
  @Test func `patches are parts of pictures`() throws {
    let picture = Tensor(shape: [1, 5, 7, 1], elements: (0..<35).map { Float($0) })
    let patches = try picture.patches(side: 3, step: 2)
    #expect(patches.shape == [6, 3, 3, 1])
    #expect(patches[0, 0, 0, 0] == 0)
    #expect(patches[1, 0, 0, 0] == 2)
    #expect(patches[3, 0, 0, 0] == 14)
    #expect(patches[5, 2, 2, 0] == 34)
    #expect(throws: VisualizationError.self) { try picture.patches(side: 6) }
  }

  /// scikit-learn's ridge regression, over units and over samples.
  @Test func `the direction is that of ridge regression`() throws {
    let fixture = try Fixture("concepts")
    let found = try ConceptVector(
      of: fixture.tensor("concept", [12, 6]), against: fixture.tensor("others", [15, 6]))
    #expect(difference(found.direction, fixture.numbers("direction")) < 1e-5)
    #expect(abs(found.accuracy - fixture.numbers("accuracy")[0]) < 1e-9)
    let wide = fixture.numbers("wide").map { Float($0) }
    let other = try ConceptVector(
      of: Tensor(shape: [4, 20], elements: wide[..<80]),
      against: Tensor(shape: [5, 20], elements: wide[80...]))
    #expect(difference(other.direction, fixture.numbers("wide_direction")) < 1e-5)
  }

  /// SciPy's test of means with unequal variances.
  @Test func `the probability is Welch's`() throws {
    let fixture = try Fixture("concepts")
    let test = WelchTest(fixture.numbers("left"), fixture.numbers("right"))
    #expect(abs(test.probability - fixture.numbers("probability")[0]) < 1e-10)
    #expect(WelchTest([0.5, 0.5], [0.5, 0.5]).probability == 1)
    #expect(WelchTest([1, 1], [0, 0]).probability == 0)
  }

  /// A score that rises along a unit is sensitive to a concept that is in this unit, and not to one that is in another.
  @Test func `a class is sensitive to its concept alone`() throws {
    var generator = SeededGenerator(seed: 4)
    func set(_ unit: Int?, _ count: Int = 30) -> Tensor {
      Tensor(
        shape: [count, 4],
        elements: (0..<count).flatMap { _ in
          (0..<4).map { Float(generator.normal()) + ($0 == unit ? 4 : 0) }
        })
    }
    // Unit 0 raises the score for all pictures, unit 1 for half of them, others not at all.
    let gradients = Tensor(
      shape: [20, 4], elements: (0..<20).flatMap { [1, $0 % 2 == 0 ? 8 : -8, 0, 0] as [Float] })
    let randoms = (0..<10).map { _ in set(nil) }
    let own = try ConceptTest(of: set(0), against: randoms, gradients: gradients)
    let other = try ConceptTest(of: set(2), against: randoms, gradients: gradients)
    #expect(own.score > 0.7)
    #expect(own.isSignificant)
    #expect(!other.isSignificant)
    #expect(throws: VisualizationError.self) {
      try ConceptTest(of: set(0), against: [set(nil)], gradients: gradients)
    }
  }

  @Test func `what is no concept is refused`() throws {
    let same = Tensor(shape: [3, 2], repeating: 1)
    #expect(throws: VisualizationError.self) { try ConceptVector(of: same, against: same) }
    #expect(throws: VisualizationError.self) {
      try ConceptVector(of: same, against: Tensor(shape: [3, 4], repeating: 1))
    }
    #expect(throws: VisualizationError.self) {
      try Concepts(of: Tensor(shape: [4, 2], repeating: -1), layer: "map", count: 1)
    }
  }
}
