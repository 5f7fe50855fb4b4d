import Synchronization

/// An expression compiled, once for each set of shapes that it was asked for lately: see `ExpressionLoss`.
public final class TapeCache: Sendable {
  private struct Entry {
    let shapes: [[Int]]
    let tape: Tape
  }

  /// A run's batches have a few sizes.
  private static let capacity = 8

  /// The last used at the end.
  private let entries = Mutex<[Entry]>([])

  /// A cache of one expression, with nothing in it.
  public init() {}

  /// The tape for shapes, compiled where there is none.
  func tape(
    for shapes: [[Int]], compiling compile: () throws(VisualizationError) -> Tape
  ) throws(VisualizationError) -> Tape {
    if let known = find(shapes) { return known }
    let tape = try compile()
    entries.withLock { entries in
      if entries.count == Self.capacity { entries.removeFirst() }
      entries.append(Entry(shapes: shapes, tape: tape))
    }
    return tape
  }

  private func find(_ shapes: [[Int]]) -> Tape? {
    entries.withLock { entries in
      guard let index = entries.lastIndex(where: { $0.shapes == shapes }) else { return nil }
      if index != entries.count - 1 { entries.append(entries.remove(at: index)) }
      return entries[entries.count - 1].tape
    }
  }
}
