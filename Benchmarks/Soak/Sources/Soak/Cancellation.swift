import EmbeddedNetworks
import FeatureVisualization
import Foundation
import Synchronization

/// A cancelled task's visualization returns what it has within a step.
///
/// That is the layer that it is in, and the last picture's score, a pass forward.
struct Cancellation {
  /// Whether the first step is done, as another task sees it.
  private final class Beginning: Sendable {
    private let flag = Atomic<Bool>(false)

    var isPast: Bool { flag.load(ordering: .acquiring) }
    func pass() { flag.store(true, ordering: .releasing) }
  }

  private static let trials = 20

  func run(_ report: inout Report) async throws {
    let recipe = Recipe(preset: "lucid", layer: "predictions", unit: 3, side: 384, seed: 1)
    let step = try Self.secondsOfStep(recipe)
    var waits: [Double] = []
    for trial in 0..<Self.trials {
      waits.append(try await Self.wait(recipe, afterSteps: 1 + Double(trial) * 0.37, of: step))
    }
    let longest = waits.max() ?? .infinity
    report.add(
      "a step of a visualization that is cancelled", "\((1000 * step).formatted(digits: 0)) ms")
    report.add(
      "from cancelling to its return, the longest of \(Self.trials)",
      "\((1000 * longest).formatted(digits: 0)) ms, \((longest / step).formatted(digits: 1)) steps; median "
        + "\((waits.median / step).formatted(digits: 1))",
      promised: "within a step", kept: longest <= step)
  }

  private static func secondsOfStep(_ recipe: Recipe) throws -> Double {
    var times: [ContinuousClock.Instant] = []
    _ = try recipe.visualize(steps: 12) { _ in
      times.append(.now)
    }
    return zip(times, times.dropFirst()).map { ($1 - $0) / .seconds(1) }.median
  }

  /// The seconds that a run of many steps goes on for after it is cancelled.
  private static func wait(_ recipe: Recipe, afterSteps steps: Double, of step: Double) async throws
    -> Double
  {
    let beginning = Beginning()
    return try await withThrowingTaskGroup(of: (Bool, ContinuousClock.Instant).self) { group in
      group.addTask {
        let visualization = try await recipe.visualizeOnItsThread(steps: 100_000) { _ in
          beginning.pass()
        }
        return (visualization.isCancelled, .now)
      }
      while !beginning.isPast { try await Task.sleep(for: .milliseconds(1)) }
      try await Task.sleep(for: .seconds(steps * step))
      let cancelled = ContinuousClock.now
      group.cancelAll()
      guard let (isCancelled, returned) = try await group.next(), isCancelled else {
        return .infinity
      }
      return (returned - cancelled) / .seconds(1)
    }
  }
}
