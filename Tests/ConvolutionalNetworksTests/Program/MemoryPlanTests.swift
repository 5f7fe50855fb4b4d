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
    for (index, request) in requests.enumerated() {
      #expect((plan.offsets[index] == nil) == (request == nil))
      guard let request, let offset = plan.offsets[index] else { continue }
      #expect(offset % 16 == 0)
      #expect(offset + request.count <= plan.count)
      for other in 0..<index {
        guard let peer = requests[other], let start = plan.offsets[other],
          peer.life.overlaps(request.life), peer.count > 0, request.count > 0
        else { continue }
        #expect(offset + request.count <= start || start + peer.count <= offset)
      }
    }
    // No more than if nothing were shared, and as much as the fullest moment takes.
    let moments = (0..<60).map { moment in
      requests.reduce(0) { $0 + ($1.map { $0.life.contains(moment) ? $0.count : 0 } ?? 0) }
    }
    #expect(plan.count >= moments.max() ?? 0)
    #expect(plan.count <= requests.reduce(0) { $0 + ($1.map { max($0.count, 1) + 15 } ?? 0) })
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
