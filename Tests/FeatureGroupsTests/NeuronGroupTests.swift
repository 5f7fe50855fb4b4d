import EmbeddedNetworks
import FeatureGroups
import Testing

/// A picture's groups: which units, where, in which order.
@Suite("Groups of a picture") struct NeuronGroupTests {
  /// lucid's `NeuronGroups` in NumPy: make_fixtures.py.
  @Test func `directions, maps, order and attributions are lucid's`() throws {
    let fixture = try Fixture("groups")
    let found = try NeuronGroups(
      of: fixture.tensor("activations", [1, 5, 7, 10]), layer: "map", count: 3)
    for (index, group) in found.groups.enumerated() {
      let direction = fixture.numbers("directions")[index * 10..<(index + 1) * 10]
      #expect(cosine(group.direction.map { Double($0) }, direction) > 0.9999)
      let map = fixture.numbers("maps")[index * 35..<(index + 1) * 35]
      #expect(cosine(group.map.elements.map { Double($0) }, map) > 0.9999)
      #expect(difference(group.map.elements, map) < 0.02 * (map.max() ?? 0))
      #expect(
        [group.peak.row, group.peak.column].map { Double($0) }
          == Array(fixture.numbers("peaks")[2 * index..<2 * index + 2]))
      #expect(group.map.elements.allSatisfy { $0 >= 0 })
    }
    #expect(found.explainedShare > 0.99)
    #expect(found.negativeShare == 0)
    let attributions = try found.attributions(by: fixture.tensor("gradient", [1, 5, 7, 10]))
    let expected = fixture.numbers("attributions")
    #expect(difference(attributions, expected) < 0.02 * (expected.map(abs).max() ?? 0))
  }

  /// Activations below 0 do not count, and it is told how much that leaves out.
  @Test func `the positive part counts`() throws {
    let activations = Tensor(shape: [1, 1, 3, 2], elements: [2, -1, 0, 3, 1, -1])
    let found = try NeuronGroups(of: activations, layer: "map", count: 1)
    let rectified = try NeuronGroups(of: activations.map { max(0, $0) }, layer: "map", count: 1)
    #expect(found.groups[0].direction == rectified.groups[0].direction)
    #expect(abs(found.negativeShare - 0.25) < 1e-6)
  }

  @Test func `what has no groups is refused`() throws {
    #expect(throws: VisualizationError.noPositions(layer: "fc", shape: [1, 8])) {
      try NeuronGroups(of: Tensor(shape: [1, 8], repeating: 1), layer: "fc")
    }
    #expect(throws: VisualizationError.noPositions(layer: "mean", shape: [1, 1, 1, 8])) {
      try NeuronGroups(of: Tensor(shape: [1, 1, 1, 8], repeating: 1), layer: "mean")
    }
    // A map that is 0 everywhere, and one that is below.
    for value: Float in [0, -1] {
      #expect(throws: VisualizationError.self) {
        try NeuronGroups(of: Tensor(shape: [1, 2, 2, 8], repeating: value), layer: "map", count: 2)
      }
    }
    #expect(throws: VisualizationError.self) {
      try NeuronGroups(of: Tensor(shape: [1, 2, 2, 8], repeating: 1), layer: "map", count: 6)
    }
  }

  /// From picture to drawn group by a network in the box: the default layer, and batches that change nothing.
  @Test func `groups of a network are found and drawn`() throws {
    let network = try NeuralNetwork.pictureNet()
    let photo = Tensor.disc(side: 96)
    let layer = try network.lastFeatureMap()
    let groups = try network.neuronGroups(of: photo, count: 3)
    #expect(groups.groups.count == 3)
    #expect(.name(groups.layer) == layer)
    let columns = groups.groups.map(\.peak.column)
    #expect(columns == columns.sorted())
    let preset = Preset.lucid.with(\.iterations, 4)
    let together = try network.visualizeDirections(groups.directions, of: layer, preset: preset)
    let alone = try network.visualizeDirections(
      groups.directions, of: layer, preset: preset, batch: 1)
    #expect(together.pictures == alone.pictures)
    #expect(together.scores == alone.scores)
    #expect(together.pictures.shape[0] == 3)
    // The picture of a group raises it.
    let start = try network.visualizeDirections(
      groups.directions, of: layer, preset: preset.with(\.iterations, 1))
    #expect(zip(together.scores, start.scores).allSatisfy { $0 > $1 })
  }

  /// A picture of another size gives a larger map where the layer allows it, or an error, but no trap.
  @Test func `several pictures, and none, are refused`() throws {
    let network = try NeuralNetwork.pictureNet()
    for count in [0, 2] {
      #expect(throws: VisualizationError.self) {
        try network.neuronGroups(of: Tensor(shape: [count, 96, 96, 3]))
      }
    }
  }
}

extension Tensor {
  /// A bright disc on a dark ground, `[1, side, side, 3]`.
  static func disc(side: Int, row: Double = 0.5, column: Double = 0.5) -> Tensor {
    var elements: [Float] = []
    for y in 0..<side {
      for x in 0..<side {
        let (v, u) = (Double(y) / Double(side) - row, Double(x) / Double(side) - column)
        let inside = v * v + u * u < 0.08
        elements += inside ? [0.9, 0.4, 0.3] : [0.1, 0.2, Float(x) / Float(2 * side)]
      }
    }
    return Tensor(shape: [1, side, side, 3], elements: elements)
  }
}
