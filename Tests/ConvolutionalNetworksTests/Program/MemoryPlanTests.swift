import FeatureVisualizationTestSupport
import Testing

@testable import ConvolutionalNetworks

/// Protects the memory plan: arrays that live at the same time never share a byte.
@Suite struct MemoryPlanTests {
  @Test(arguments: 0..<30 as Range<UInt64>)
  func livingArraysNeverOverlap(seed: UInt64) {
    var random = SeededTensors(seed: seed)
    let requests = (0..<Int.random(in: 1...60, using: &random)).map { _ -> MemoryPlan.Request? in
      guard Int.random(in: 0..<8, using: &random) > 0 else { return nil }
      let start = Int.random(in: 0..<40, using: &random)
      return MemoryPlan.Request(
        count: Int.random(in: 0...500, using: &random),
        life: start...(start + Int.random(in: 0...15, using: &random)))
    }
    let plan = MemoryPlan(requests)
    let holes = MemoryPlan.placeInHoles(requests)
    expectApart(requests, plan.offsets, plan.count)
    expectApart(requests, holes.offsets, holes.count)
  }

  private func expectApart(
    _ requests: [MemoryPlan.Request?], _ offsets: [Int?], _ count: Int
  ) {
    for (index, request) in requests.enumerated() {
      #expect((offsets[index] == nil) == (request == nil))
      guard let request, let offset = offsets[index] else { continue }
      #expect(offset % 16 == 0)
      #expect(offset + request.count <= count)
      for other in 0..<index {
        guard let peer = requests[other], let start = offsets[other],
          peer.life.overlaps(request.life), peer.count > 0, request.count > 0
        else { continue }
        #expect(offset + request.count <= start || start + peer.count <= offset)
      }
    }
    // No more than if nothing were shared, and as much as the fullest moment takes.
    let moments = (0..<60).map { moment in
      requests.reduce(0) { $0 + ($1.map { $0.life.contains(moment) ? $0.count : 0 } ?? 0) }
    }
    #expect(count >= moments.max() ?? 0)
    #expect(count <= requests.reduce(0) { $0 + ($1.map { max($0.count, 1) + 15 } ?? 0) })
  }

  /// Protects that maps which follow one another lie around one middle, where each of two workers finds its own half,
  /// and that this costs no more than a quarter of the memory.
  @Test func arraysLieAroundTheMiddleOfThoseBefore() {
    let plan = MemoryPlan([
      .init(count: 1600, life: 0...1), .init(count: 800, life: 1...2),
      .init(count: 640, life: 2...3), .init(count: 320, life: 3...4),
    ])
    // 1600 and 800 side by side, 640 around the middle of 1600, 320 around that of 800.
    #expect(plan.offsets == [0, 1600, 480, 1840])
    #expect(plan.count == 2400)
    // Around the middles of the first five, the others would leave gaps of a third.
    let crowded = MemoryPlan(
      [MemoryPlan.Request](repeating: .init(count: 1600, life: 0...1), count: 5)
        + [MemoryPlan.Request](repeating: .init(count: 992, life: 2...3), count: 8))
    #expect(crowded.offsets.dropFirst(5) == (0..<8).map { $0 * 992 }[...])
    #expect(crowded.count == 8000)
  }

  /// Protects that thousands of arrays share memory too: those of a chain need as much as two of them.
  @Test func manyArraysReuseMemory() {
    let requests = (0..<10_000).map { MemoryPlan.Request(count: 100 + $0 % 7, life: $0...($0 + 1)) }
    #expect(MemoryPlan(requests).count <= 4 * 112)
    // Nested lives share nothing, and leave nothing over.
    let nested = (0..<10_000).map { MemoryPlan.Request(count: 16, life: $0...(20_000 - $0)) }
    #expect(MemoryPlan(nested).count == 160_000)
  }

  /// Protects that memory is shared at all: a chain of equal layers needs a few maps, not one for each.
  @Test func deepNetworksReuseMemory() throws {
    func count(depth: Int) throws -> Int {
      let layers = (0..<depth).map { number in
        Layer(
          "c\(number)", .convolution(4, 4, kernel: 3),
          inputs: [number == 0 ? "x" : "c\(number - 1)"])
      }
      let network = try NeuralNetwork(
        layout: .channelsLast, inputs: [.map("x", [1, 16, 16, 4], .channelsLast)], layers: layers,
        outputs: [])
      return try Program(
        network, inputShapes: ["x": [1, 16, 16, 4]], taps: [-1]
      ).workspaceCount
    }
    #expect(try count(depth: 20) == count(depth: 5))
  }
}
