import Dispatch
import Foundation
import Synchronization

/// SIGINT and SIGTERM: they end the tool at once, but for work that asks whether to stop and for files being written.
enum Interruption {
  private struct State {
    /// How many pieces of work are going on that may not be cut off.
    var deferrals = 0
    /// The signal that came meanwhile, and when.
    var pending: (signal: Int32, time: ContinuousClock.Instant)?
  }

  private static let state = Mutex(State())
  /// What listens for the signals, kept alive; nobody but `watch` touches it.
  nonisolated(unsafe) private static var sources: [any DispatchSourceSignal] = []

  /// Takes the signals over, except those that whoever started the tool wants ignored.
  static func watch() {
    for number in [SIGINT, SIGTERM] {
      // Only how it was handled before tells whether it is ignored.
      let before = signal(number, SIG_IGN)
      if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { continue }
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler { receive(number) }
      source.resume()
      sources.append(source)
    }
  }

  private static func receive(_ signal: Int32) {
    state.withLock { state in
      if let pending = state.pending {
        // Some senders signal a process twice at once; a person who asks again means it.
        if ContinuousClock.now - pending.time > .seconds(1) { _exit(128 + signal) }
      } else if state.deferrals == 0 {
        _exit(128 + signal)
      } else {
        state.pending = (signal, .now)
      }
    }
  }

  /// Runs `body`, which no signal cuts off.
  static func deferring<Result>(_ body: () throws -> Result) rethrows -> Result {
    state.withLock { $0.deferrals += 1 }
    defer { state.withLock { $0.deferrals -= 1 } }
    return try body()
  }

  /// Whether work that can stop early should.
  static var isPending: Bool { state.withLock { $0.pending != nil } }

  /// The exit status that a signal asks for, as shells count: 130 after SIGINT.
  static var exitStatus: Int32? { state.withLock { $0.pending.map { 128 + $0.signal } } }
}
