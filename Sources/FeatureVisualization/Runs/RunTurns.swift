import Dispatch
import Synchronization

/// The cores, which runs on threads of their own take in turns.
///
/// As many compute at once as the pool has threads. The others wait, first come, first served, and a run whose turn has
/// been long enough lets them go before it. What a run computes does not depend on when its turns are.
final class RunTurns: Sendable {
  /// The turns of this process.
  static let shared = RunTurns()

  /// How long a turn is where others wait: long beside what changing it costs.
  private static let length = Duration.milliseconds(20)
  /// How often a waiting run asks whether it is still wanted.
  private static let pollInterval = DispatchTimeInterval.milliseconds(2)

  private struct State {
    var computing = 0
    var waiting: [RunTurn] = []
  }

  private let state = Mutex(State())
  /// The runs that compute at once.
  private let limit: @Sendable () -> Int

  init(limit: @escaping @Sendable () -> Int = { WorkerPool.threadCount }) { self.limit = limit }

  /// Waits for a turn; a cancelled run, which has little left to compute, waits no longer.
  func begin(_ turn: RunTurn) {
    let isGranted = state.withLock { state in
      if state.computing < limit(), state.waiting.isEmpty {
        state.computing += 1
        return true
      }
      state.waiting.append(turn)
      return false
    }
    if !isGranted { wait(turn) }
    turn.start = .now
    WorkerPool.enter()
  }

  /// Ends a turn and gives it to whoever has waited longest.
  func end() {
    WorkerPool.leave()
    state.withLock { state in
      state.computing -= 1
      while state.computing < limit(), !state.waiting.isEmpty {
        state.computing += 1
        state.waiting.removeFirst().semaphore.signal()
      }
    }
  }

  /// Lets others go first where they wait and this turn has been long.
  func passOn(_ turn: RunTurn) {
    guard ContinuousClock.now - turn.start >= Self.length,
      state.withLock({ !$0.waiting.isEmpty })
    else { return }
    end()
    begin(turn)
  }

  private func wait(_ turn: RunTurn) {
    while turn.semaphore.wait(timeout: .now() + Self.pollInterval) == .timedOut {
      guard turn.cancellation.isCancelled else { continue }
      let isStillWaiting = state.withLock { state in
        guard let place = state.waiting.firstIndex(where: { $0 === turn }) else { return false }
        state.waiting.remove(at: place)
        state.computing += 1
        return true
      }
      if isStillWaiting { return }
    }
  }
}

/// One run's place among those that compute; used on its thread alone.
final class RunTurn: @unchecked Sendable {
  let cancellation: Cancellation
  fileprivate let semaphore = DispatchSemaphore(value: 0)
  fileprivate var start = ContinuousClock.now

  init(_ cancellation: Cancellation) { self.cancellation = cancellation }
}
