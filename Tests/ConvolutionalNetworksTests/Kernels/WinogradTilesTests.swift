import Testing

@testable import ConvolutionalNetworks

/// Protects the choice of tiles: the larger ones lose two bits, which only large maps are worth, and only on the way back.
@Suite struct WinogradTilesTests {
  private static func results(side: Int, kernel: Int = 3) throws -> Int {
    let window = SlidingWindow(kernel: [kernel, kernel], padding: .uniform(kernel / 2))
    return WinogradTiles.back(
      try WindowGeometry(input: [1, side, side, 16], window: window)
    ).tile.results
  }

  @Test func onlyLargeMapsHaveLargeTiles() throws {
    #expect(try [224, 112, 147].map { try Self.results(side: $0) } == [6, 6, 6])
    #expect(try [7, 14, 28, 56].map { try Self.results(side: $0) } == [4, 4, 4, 4])
    // A side of 80 is cut into 20 tiles of 4 results or 14 of 6, which save too little.
    #expect(try Self.results(side: 80) == 4)
    #expect(try Self.results(side: 224, kernel: 5) == 4)
    let windows = try WindowGeometry(
      input: [1, 224, 224, 16],
      window: SlidingWindow(kernel: [3, 3], padding: .uniform(1)))
    #expect(WinogradTiles.forward(windows).tile.results == 4)
  }
}
