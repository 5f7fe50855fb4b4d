internal import Foundation

/// Signals that the system sends to a thread for what it does, kept from ending the process meanwhile.
///
/// Only this thread's mask is changed: how a process handles signals is for its owner to say.
struct HeldSignals {
  private let signals: [Int32]
  private var before = sigset_t()
  private var pendingBefore = sigset_t()

  init(_ signals: [Int32]) {
    self.signals = signals
    var held = sigset_t()
    sigemptyset(&held)
    for signal in signals { sigaddset(&held, signal) }
    sigpending(&pendingBefore)
    pthread_sigmask(SIG_BLOCK, &held, &before)
  }

  /// Takes back those that have come, and lets later ones through.
  func release() {
    var pending = sigset_t()
    sigpending(&pending)
    for signal in signals {
      var (now, earlier) = (pending, pendingBefore)
      guard sigismember(&now, signal) == 1, sigismember(&earlier, signal) == 0 else { continue }
      var one = sigset_t()
      sigemptyset(&one)
      sigaddset(&one, signal)
      var taken: Int32 = 0
      sigwait(&one, &taken)
    }
    var mask = before
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }
}
