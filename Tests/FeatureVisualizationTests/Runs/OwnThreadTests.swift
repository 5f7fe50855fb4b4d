import FeatureVisualization
import Synchronization
import Testing

/// The async forms draw on threads of their own: the same bytes, leaving the pool of tasks free, ended by their task.
struct OwnThreadTests {
  private let network: NeuralNetwork

  init() throws { network = try SmoothNetwork.unit.make() }

  private func drawHere(_ preset: Preset, seed: UInt64) throws -> Visualization {
    try network.visualizeActivation(
      of: "conv2", units: 1, preset: preset, iterations: 6, seed: seed)
  }

  /// Protects the bytes of results from the thread that computes them and from the others that do.
  @Test func `runs at once draw what the caller's thread draws`() async throws {
    let runs = [Preset.lucid, .kerasVis].flatMap { preset in (1...3).map { (preset, UInt64($0)) } }
    let network = network
    try await withThrowingTaskGroup(of: (Int, Visualization).self) { group in
      for (index, run) in runs.enumerated() {
        group.addTask {
          let drawn = try await network.visualizeActivation(
            of: "conv2", units: 1, preset: run.0, iterations: 6, seed: run.1)
          return (index, drawn)
        }
      }
      for try await (index, drawn) in group {
        let expected = try drawHere(runs[index].0, seed: runs[index].1)
        #expect(drawn.pictures == expected.pictures && drawn.scores == expected.scores)
      }
    }
  }

  /// Protects that errors keep their type on the way from another thread.
  @Test func `what is wrong is thrown as it is on the caller's thread`() async {
    await #expect(throws: VisualizationError.unitOutOfRange(unit: 99, layer: "dense", count: 5)) {
      try await network.visualizeActivation(of: "dense", units: 99)
    }
  }

  /// Protects that a cancelled task ends its run, and that the run gives what it has.
  @Test func `cancelling the task ends the run`() async throws {
    let network = network
    let hasBegun = Flag()
    let task = Task {
      try await network.visualizeActivation(of: "dense", units: 0, preset: .smallSteps(10_000_000))
      {
        _ in hasBegun.raise()
      }
    }
    while !hasBegun.isRaised { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    let drawn = try await task.value
    #expect(drawn.isCancelled && drawn.scores[0].isFinite)
  }

  /// Protects the promise that a cancelled run ends within a step: the step that it is in is left, not finished.
  @Test func `a step is left where the run is cancelled within it`() async throws {
    let network = network
    let drawn = try await Task {
      let preset = Preset.smallSteps(10).with(\.inputModifiers, [CancellingModifier(iteration: 3)])
      return try network.visualizeActivation(of: "dense", units: 0, preset: preset)
    }.value
    #expect(drawn.isCancelled && drawn.history.count == 3)
    #expect(drawn.pictures.elements.allSatisfy { (0...1).contains($0) })
  }
}

/// Cancels the task that it is called in, in the middle of a step.
private struct CancellingModifier: InputModifier {
  let iteration: Int
  var name: String { "Cancelling" }
  var isRandom: Bool { true }
  func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? {
    if moment.iteration == iteration { withUnsafeCurrentTask { $0?.cancel() } }
    return nil
  }
}

/// A flag that one thread raises and others look at.
final class Flag: Sendable {
  private let value = Atomic(false)

  var isRaised: Bool { value.load(ordering: .acquiring) }

  func raise() { value.store(true, ordering: .releasing) }
}
