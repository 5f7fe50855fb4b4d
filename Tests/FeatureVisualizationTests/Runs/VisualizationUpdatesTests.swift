import FeatureVisualization
import Testing

/// The iterations of a run as a sequence: all of them in order, with pictures, its result, its error; and its end.
struct VisualizationUpdatesTests {
  private let network: NeuralNetwork

  init() throws { network = try SmoothNetwork.unit.make() }

  /// Protects the order and the number of updates, the pictures asked for, and the result against the sync form's.
  @Test func `every step is told, and the result at last`() async throws {
    var (completed, shown, pictures): ([Int], [Int], [Tensor]) = ([], [], [])
    var result: Visualization?
    let updates = network.visualizationUpdates(
      of: "dense", eachOf: 0..<2, preset: .smallSteps(25), picturesEvery: 10)
    for try await update in updates {
      switch update {
      case .step(let step):
        #expect(result == nil && step.total == 25)
        #expect(step.record.iteration == step.completed - 1)
        completed.append(step.completed)
        if let all = step.pictures {
          shown.append(step.completed)
          pictures.append(all)
        }
      case .finished(let visualization): result = visualization
      }
    }
    #expect(completed == Array(1...25) && shown == [10, 20])
    #expect(pictures.allSatisfy { $0.shape == [2, 14, 14, 3] } && pictures[0] != pictures[1])
    let expected = try await network.visualizeActivation(
      of: "dense", eachOf: 0..<2, preset: .smallSteps(25))
    #expect(result?.pictures == expected.pictures)
  }

  /// Protects a slow reader from a lost update, and the run from filling the memory with them.
  @Test func `a slow reader gets every update`() async throws {
    var completed: [Int] = []
    for try await update in network.visualizationUpdates(
      of: "dense", units: 0, preset: .smallSteps(30))
    {
      if case .step(let step) = update { completed.append(step.completed) }
      if completed.count % 10 == 0 { try await Task.sleep(for: .milliseconds(20)) }
    }
    #expect(completed == Array(1...30))
  }

  /// Protects against a run that goes on after its reader has left: all that it holds is let go.
  @Test func `a sequence that is left ends its run`() async throws {
    weak var held: Token?
    do {
      let token = Token()
      held = token
      let preset = Preset.smallSteps(10_000_000).with(\.inputModifiers, [Holding(token: token)])
      for try await update in network.visualizationUpdates(of: "dense", units: 0, preset: preset) {
        if case .step(let step) = update, step.completed == 3 { break }
      }
    }
    while held != nil { try await Task.sleep(for: .milliseconds(5)) }
  }

  /// Protects a task that is cancelled while it waits for an update: the sequence ends, and so does the run.
  @Test func `a cancelled reader ends the run`() async throws {
    weak var held: Token?
    do {
      let token = Token()
      held = token
      let preset = Preset.smallSteps(10_000_000).with(\.inputModifiers, [Holding(token: token)])
      let (network, hasBegun) = (network, Flag())
      let task = Task {
        var last: VisualizationUpdate?
        for try await update in network.visualizationUpdates(of: "dense", units: 0, preset: preset)
        {
          last = update
          hasBegun.raise()
        }
        if case .finished = last { Issue.record("a run of ten million steps is done") }
      }
      while !hasBegun.isRaised { try await Task.sleep(for: .milliseconds(5)) }
      task.cancel()
      try await task.value
    }
    while held != nil { try await Task.sleep(for: .milliseconds(5)) }
  }

  /// Protects that a sequence throws what the other forms throw, where the run fails and where it cannot start.
  @Test func `errors come out of the sequence`() async {
    await #expect(throws: VisualizationError.unitOutOfRange(unit: 99, layer: "dense", count: 5)) {
      for try await _ in network.visualizationUpdates(of: "dense", units: 99) {}
    }
    await #expect(throws: VisualizationError.self) {
      for try await _ in network.visualizationUpdates(of: "dense", eachOf: 0..<0) {}
    }
    await #expect(throws: VisualizationError.self) {
      for try await _ in network.visualizationUpdates(of: "dense", units: 0, picturesEvery: 0) {}
    }
  }
}

private final class Token: Sendable {}

/// Draws nothing, and holds something for as long as a run holds it.
private struct Holding: InputModifier {
  let token: Token
  var name: String { "Holding" }
  var isRandom: Bool { false }
  func draw(
    for size: PictureSize, at moment: Moment, using generator: inout SeededGenerator
  ) -> (any PictureTransformation)? { nil }
}
