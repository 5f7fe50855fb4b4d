import FeatureVisualization
import Testing

/// One seed is one picture, byte for byte: a picture that cannot be drawn again proves nothing.
struct DeterminismTests {
  private func draw(
    _ preset: Preset, units: [[Int]] = [[1]], seeds: [UInt64], side: Int = 40
  ) throws -> Visualization {
    let objective = ActivationMaximization(layer: "conv2", eachOf: units)
    return try SmoothNetwork.byte.make().visualizeActivationWithLosses(
      [1 * objective] + preset.regularizers, preset: preset.with(\.size, InputSize(side)),
      iterations: 6, seeds: seeds)
  }

  private func recipe(_ name: String, side: Int = 40) throws -> Preset {
    var preset = try Preset.small(name, side: side)
    if preset.inputModifiers.isEmpty { preset.inputModifiers = [.jitter(5)] }
    return preset
  }

  @Test(arguments: Preset.names)
  func `a seed gives the same bytes for any number of threads`(name: String) throws {
    let preset = try recipe(name, side: 101)
    let before = WorkerPool.threadCount
    defer { WorkerPool.threadCount = before }
    var results: [[Float]] = []
    for threads in [1, 2, 4] {
      WorkerPool.threadCount = threads
      // Large enough to be cut into several pieces of every kind.
      let visualization = try draw(preset, seeds: [9], side: 101)
      let losses = visualization.history.flatMap { $0.losses.flatMap(\.values) }
      results.append(visualization.pictures.elements + visualization.scores + losses)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test(arguments: Preset.names)
  func `another seed gives another picture`(name: String) throws {
    let preset = try recipe(name)
    let (one, two) = (try draw(preset, seeds: [1]), try draw(preset, seeds: [2]))
    #expect(largestDifference(one.pictures.elements, two.pictures.elements) > 1e-3)
  }

  @Test(arguments: Preset.names)
  func `a picture of a batch is what it would be alone`(name: String) throws {
    let preset = try recipe(name)
    let batch = try draw(preset, units: [[0], [1, 3], []], seeds: [7, 7, 7])
    for (index, units) in [[0], [1, 3], []].enumerated() {
      let alone = try draw(preset, units: [units], seeds: [7])
      let difference = largestDifference(
        batch.picture(index).elements, alone.pictures.elements)
      #expect(difference < 1e-3, "picture \(index)")
      #expect(abs(batch.scores[index] - alone.scores[0]) < 1e-3)
    }
  }

  @Test func `seeds of a batch are those of its pictures`() throws {
    let batch = try draw(.lucid, seeds: [4, 5])
    for (index, seed) in [4, 5].enumerated() {
      let alone = try draw(.lucid, seeds: [UInt64(seed)])
      #expect(
        largestDifference(batch.picture(index).elements, alone.pictures.elements) < 1e-3)
    }
  }

  @Test func `eachOf starts every picture from the same seed`() throws {
    let network = try SmoothNetwork.unit.make()
    let both = try network.visualizeActivation(
      of: "dense", eachOf: [[0], [3]], preset: .smallSteps(4), seed: 2)
    let alone = try network.visualizeActivation(
      of: "dense", units: [3], preset: .smallSteps(4), seed: 2)
    #expect(largestDifference(both.picture(1).elements, alone.pictures.elements) < 1e-5)
    #expect(largestDifference(both.picture(0).elements, both.picture(1).elements) > 1e-3)
  }
}
