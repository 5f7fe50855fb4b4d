import Dispatch
import Synchronization
import Testing

@testable import FeatureVisualization

/// Runs on threads of their own take turns on the cores.
struct RunTurnsTests {
  /// Protects the cores from more runs than the pool has threads, and every run from waiting for ever.
  @Test(.timeLimit(.minutes(1))) func `no more compute at once than there are threads`() {
    let turns = RunTurns { 2 }
    let counts = Counts()
    let group = DispatchGroup()
    for number in 0..<6 {
      DispatchQueue(label: "run \(number)").async(group: group) {
        let turn = RunTurn(Cancellation())
        turns.begin(turn)
        for _ in 0..<3 {
          let present = counts.computing.add(1, ordering: .relaxed).newValue
          _ = counts.most.max(present, ordering: .relaxed)
          // Longer than a turn, so that others are let go first.
          _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(25))
          counts.computing.subtract(1, ordering: .relaxed)
          turns.passOn(turn)
        }
        turns.end()
        counts.done.add(1, ordering: .relaxed)
      }
    }
    group.wait()
    #expect(counts.done.load(ordering: .relaxed) == 6)
    #expect(counts.most.load(ordering: .relaxed) == 2)
  }

  /// Protects a cancelled run from waiting behind others for the little that it has left to do.
  @Test(.timeLimit(.minutes(1))) func `a cancelled run does not wait for its turn`() {
    let turns = RunTurns { 2 }
    for _ in 0..<2 { turns.begin(RunTurn(Cancellation())) }
    let cancelled = Cancellation()
    cancelled.cancel()
    turns.begin(RunTurn(cancelled))
    for _ in 0..<3 { turns.end() }
    // What it took is given back.
    turns.begin(RunTurn(Cancellation()))
    turns.end()
  }

  private final class Counts: Sendable {
    let computing = Atomic(0)
    let most = Atomic(0)
    let done = Atomic(0)
  }
}
