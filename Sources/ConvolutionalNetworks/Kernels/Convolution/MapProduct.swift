internal import CFVKernels

/// One way of a convolution, forward or back, by one algorithm: from one map to another.
protocol MapProduct: Sendable {
  /// The `Float`s each worker needs.
  var scratchCount: Int { get }
  /// The `Float`s the workers need together.
  var sharedCount: Int { get }

  /// Whether each number of the source goes through the gate once, so that what has passed can be written on the way.
  var passesEachOnce: Bool { get }

  /// Computes `target` from `source`.
  ///
  /// - Parameter gate: how gradients pass the activation that made the source, on the way back; open on the way forward.
  func compute(
    _ run: KernelRun, from source: UnsafePointer<Float>, through gate: cfv_gate,
    into target: UnsafeMutablePointer<Float>, finish: cfv_finish)
}

/// How a product reads its source and writes its target.
struct ProductPath: Sendable {
  /// From one position to the next.
  let sourceStep: Int
  let targetStep: Int
  /// The map of which memory holds the maxima alone, with the winners in the kernel's state; only of
  /// `WinogradProduct`.
  var pooledMap: PooledMap? = nil

  /// A map that passes max pooling of 2×2 cells in steps of 2 within the product.
  enum PooledMap {
    /// The gradient on the way back.
    case source
    /// The result on the way forward.
    case target
  }
}

extension MapProduct {
  var sharedCount: Int { 0 }
  var passesEachOnce: Bool { false }
}
