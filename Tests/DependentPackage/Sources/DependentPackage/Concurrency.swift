import FeatureVisualization
import Foundation
import Synchronization

/// Four runs at once from the main actor, one of which is cancelled; the main actor stays free.
@MainActor
func drawAtOnce() async throws {
  let network = smallNetwork
  let tasks = (0..<4).map { unit in
    Task {
      try await network.visualizeActivation(
        of: "c", units: unit, preset: smallSteps(unit == 3 ? 10_000_000 : 20))
    }
  }
  tasks[3].cancel()
  for (unit, task) in tasks.enumerated() {
    let drawn = try await task.value
    expect(drawn.isCancelled == (unit == 3), "only the cancelled run is cut short")
    expect(drawn.scores[0].isFinite, "a cancelled run gives what it has")
    guard unit < 3 else { continue }
    let alone = try drawHere(unit)
    expect(drawn.pictures == alone.pictures, "a run among others draws what it draws alone")
  }
}

private func drawHere(_ unit: Int) throws -> Visualization {
  try smallNetwork.visualizeActivation(of: "c", units: unit, preset: smallSteps(20))
}

/// The progress of a run as a sequence, with pictures every ten steps.
func followProgress() async throws {
  var frames: [Tensor] = []
  for try await update in smallNetwork.visualizationUpdates(
    of: "c", units: 1, preset: smallSteps(30), picturesEvery: 10)
  {
    switch update {
    case .step(let step): if let pictures = step.pictures { frames.append(pictures) }
    case .finished(let drawn): expect(drawn.history.count == 30, "the result comes last")
    }
  }
  expect(frames.count == 3 && frames[0] != frames[2], "a picture every ten steps")
}

/// Whether something is done, as other threads see it.
private final class Flag: Sendable {
  private let value = Atomic(false)

  func raise() { value.store(true, ordering: .releasing) }

  /// Blocks the thread until the flag is raised; gives up after a minute.
  func wait() -> Bool {
    for _ in 0..<60_000 {
      if value.load(ordering: .acquiring) { return true }
      Thread.sleep(forTimeInterval: 0.001)
    }
    return false
  }
}

/// More runs than the pool of tasks has threads wait for another task: were they on those threads, it would never run.
func leaveTasksTheirThreads() async throws {
  let isLetGo = Flag()
  let runs = try await withThrowingTaskGroup(of: Visualization?.self) { group in
    for _ in 0..<4 * ProcessInfo.processInfo.activeProcessorCount {
      group.addTask {
        try await smallNetwork.visualizeActivation(of: "c", units: 0, preset: smallSteps(3)) {
          if $0.completed == 1, !isLetGo.wait() { $0.stop() }
        }
      }
    }
    group.addTask {
      for _ in 0..<100 { await Task.yield() }
      isLetGo.raise()
      return nil
    }
    return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
  }
  expect(runs.allSatisfy { !$0.isCancelled }, "tasks run while visualizations do")
}
