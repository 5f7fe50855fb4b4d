import FeatureVisualization
import Testing

/// Several tasks visualise at once, in any mixture, and each draws what it draws alone, byte for byte.
struct ConcurrencyTests {
  private func draw(_ preset: Preset, seed: UInt64) throws -> [UInt32] {
    let visualization = try SmoothNetwork.byte.make().visualizeActivationWithLosses(
      [1 * ActivationMaximization(layer: "conv2", units: [1])] + preset.regularizers,
      preset: preset.with(\.size, 75), iterations: 8, seeds: [seed])
    let losses = visualization.history.flatMap { $0.losses.flatMap(\.values) }
    return (visualization.pictures.elements + visualization.scores + losses).map(\.bitPattern)
  }

  @Test func `tasks that visualise at once give the same bytes as one after another`() async throws
  {
    var shifting = Preset.kerasVis
    shifting.inputModifiers = [.jitter(16)]
    let runs = [Preset.lucid, shifting].flatMap { preset in (1...4).map { (preset, UInt64($0)) } }
    let expected = try runs.map { try draw($0.0, seed: $0.1) }
    try await withThrowingTaskGroup(of: (Int, [UInt32]).self) { group in
      for (index, run) in runs.enumerated() {
        group.addTask { (index, try draw(run.0, seed: run.1)) }
      }
      for try await (index, bytes) in group { #expect(bytes == expected[index]) }
    }
  }
}
