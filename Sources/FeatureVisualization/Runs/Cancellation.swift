import Synchronization

/// Whether a run is still wanted; a run asks several times a step.
final class Cancellation: Sendable {
  private let isRequested = Atomic(false)

  /// Ends the run as soon as it asks.
  func cancel() { isRequested.store(true, ordering: .releasing) }

  /// Whether somebody called `cancel`, or cancelled the task on whose thread this is asked.
  var isCancelled: Bool { isRequested.load(ordering: .acquiring) || Task.isCancelled }
}
