import Dispatch

/// The iterations of a visualization, and at last its result.
///
///     for try await update in network.visualizationUpdates(of: "predictions", units: "zebra", picturesEvery: 20) {
///       switch update {
///       case .step(let step): if let pictures = step.pictures { show(pictures) }
///       case .finished(let visualization): show(visualization.pictures)
///       }
///     }
///
/// A run starts when the sequence is iterated, on a thread of its own. It waits where nobody takes its updates, and ends
/// within a step where the loop is left or its task is cancelled; a cancelled sequence ends without a result.
public struct VisualizationUpdates: AsyncSequence, Sendable {
  public typealias Element = VisualizationUpdate
  public typealias Failure = VisualizationError

  /// The updates that wait to be taken before the run waits, too.
  private static let capacity = 8

  private let request: Result<VisualizationRequest, VisualizationError>
  private let picturesEvery: Int?

  /// - Parameter request: what is to be drawn, or what is wrong with it, which the first update throws.
  init(_ request: Result<VisualizationRequest, VisualizationError>, picturesEvery: Int?) {
    if let picturesEvery, picturesEvery < 1 {
      self.request = .failure(
        .invalidArgument("picturesEvery", "\(picturesEvery) is not positive"))
    } else {
      self.request = request
    }
    self.picturesEvery = picturesEvery
  }

  /// Starts a run.
  public func makeAsyncIterator() -> Iterator {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Iterator.Event.self, bufferingPolicy: .bufferingOldest(Self.capacity))
    switch request {
    case .failure(let error):
      continuation.yield(.failure(error))
      continuation.finish()
    case .success(let request): start(request, continuation)
    }
    return Iterator(stream.makeAsyncIterator())
  }

  private func start(
    _ request: VisualizationRequest, _ continuation: AsyncStream<Iterator.Event>.Continuation
  ) {
    let cancellation = Cancellation()
    continuation.onTermination = { _ in cancellation.cancel() }
    request.start(cancellation) { [picturesEvery] turn in
      { progress in
        let step = VisualizationUpdate.Step(progress, picturesEvery: picturesEvery)
        Self.hand(.success(.step(step)), to: continuation, turn)
      }
    } then: { result in
      Self.hand(result.map { .finished($0) }, to: continuation, nil)
      continuation.finish()
    }
  }

  /// Hands an update on, as soon as there is room for it; others compute meanwhile.
  private static func hand(
    _ event: Iterator.Event, to continuation: AsyncStream<Iterator.Event>.Continuation,
    _ turn: RunTurn?
  ) {
    guard case .dropped = continuation.yield(event) else { return }
    if turn != nil { RunTurns.shared.end() }
    var isWaiting = true
    while isWaiting {
      // Nothing tells when an update is taken.
      _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(2))
      if case .dropped = continuation.yield(event) { isWaiting = true } else { isWaiting = false }
    }
    if let turn { RunTurns.shared.begin(turn) }
  }

  /// The updates of one run.
  public struct Iterator: AsyncIteratorProtocol {
    typealias Event = Result<VisualizationUpdate, VisualizationError>

    private var events: AsyncStream<Event>.Iterator

    init(_ events: AsyncStream<Event>.Iterator) { self.events = events }

    /// The next update; `nil` after the last.
    ///
    /// - Throws: `VisualizationError` where the run fails.
    public mutating func next() async throws(VisualizationError) -> VisualizationUpdate? {
      try await next(isolation: nil)
    }

    /// The next update; `nil` after the last.
    ///
    /// - Throws: `VisualizationError` where the run fails.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(VisualizationError) -> VisualizationUpdate? {
      try await events.next(isolation: actor)?.get()
    }
  }
}
