import Testing

@testable import ConvolutionalNetworks

/// Protects the order in which products are shared out: nothing is left out or computed twice, and workers keep to
/// places of their own.
@Suite struct BandedGridTests {
  @Test(arguments: [(1, 1), (1, 7), (4, 3), (5, 2), (11, 1), (13, 22), (56, 6)], [1, 2, 3, 4, 8])
  func everyPairComesOnce(shape: (places: Int, layers: Int), bands: Int) {
    let grid = BandedGrid(places: shape.places, layers: shape.layers, bands: bands)
    let pairs = (0..<grid.count).map { grid[$0] }
    #expect(Set(pairs.map { $0.place * shape.layers + $0.layer }).count == grid.count)
    #expect(pairs.allSatisfy { 0..<shape.places ~= $0.place && 0..<shape.layers ~= $0.layer })
  }

  @Test func aWorkerKeepsToItsPlaces() {
    let grid = BandedGrid(places: 10, layers: 3, bands: 2)
    #expect((0..<15).allSatisfy { grid[$0].place < 5 })
    #expect((15..<30).allSatisfy { grid[$0].place >= 5 })
    // Within a band layer by layer.
    #expect((0..<5).allSatisfy { grid[$0].layer == 0 })
  }
}
