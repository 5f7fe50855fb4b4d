internal import CFVKernels

/// Where an activation lets gradients pass, a bit for each of its results: kept in a kernel's state, so that the results
/// themselves may be written over once the next layers have read them.
struct GateBits: Sendable {
  let positions: Int
  let channels: Int
  /// The `Float`s of the state before them.
  let offset: Int

  /// The words of 16 bits from one position to the next.
  var step: Int { cfv_padded_columns(channels) / 16 }
  /// The `Float`s they take.
  var count: Int { (positions * step + 1) / 2 }

  /// The first word.
  func start(_ run: KernelRun) -> UnsafeMutablePointer<UInt16> {
    UnsafeMutableRawPointer(run.state + offset).assumingMemoryBound(to: UInt16.self)
  }
}
