import FeatureVisualization
import Foundation

/// Four visualizations at once leave the pool of tasks free: a task that sleeps for 5 ms wakes up in time.
struct Heartbeat {
  private static let runs = 4
  private static let interval = Duration.milliseconds(5)
  private static let latest = Duration.milliseconds(100)

  func run(_ report: inout Report) async throws {
    let recipe = Recipe(preset: "lucid", layer: "predictions", unit: 3, side: 224, seed: 1)
    let (beats, delay) = try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<Self.runs {
        group.addTask { _ = try await recipe.visualizeOnItsThread(steps: 200) }
      }
      let heart = Task { () -> (Int, Duration) in
        var (beats, delay) = (0, Duration.zero)
        while !Task.isCancelled {
          let start = ContinuousClock.now
          try? await Task.sleep(for: Self.interval)
          delay = max(delay, ContinuousClock.now - start - Self.interval)
          beats += 1
        }
        return (beats, delay)
      }
      try await group.waitForAll()
      heart.cancel()
      return await heart.value
    }
    report.add(
      "a 5 ms heartbeat beside \(Self.runs) visualizations, its latest of \(beats) beats",
      "\((1000 * (delay / .seconds(1))).formatted(digits: 1)) ms late",
      promised: "at most 100 ms", kept: delay <= Self.latest)
  }
}
