/// How one operation runs for fixed shapes: forward, and the pullback of gradients to its inputs.
///
/// A kernel is immutable and shared by all workspaces of a program; what it remembers from forward to
/// backward lies in the memory it asks for.
package protocol Kernel: Sendable {
  /// Which values the pullback reads; others may be overwritten once forward has used them.
  var pullbackReads: PullbackReads { get }

  /// An input whose gradient may take the place of the output's, which the pullback then turns into it.
  var passingInput: Int? { get }

  /// The `Float`s kept from forward to backward.
  var stateCount: Int { get }

  /// Whether the pullback runs also where nobody wants the inputs' gradients, for the sake of the state, which is kept
  /// until the next one.
  var keepsGradient: Bool { get }

  /// The `Float`s each worker needs for itself while the kernel runs.
  var scratchCount: Int { get }

  /// The `Float`s the workers need together while the kernel runs.
  var sharedCount: Int { get }

  /// Computes the outputs.
  func forward(_ run: KernelRun)

  /// Writes the inputs' gradients, or adds to them where `run.accumulates` says so.
  ///
  /// The gradients of the outputs may be overwritten: nothing reads them afterwards.
  func pullback(_ run: KernelRun)
}

/// A kernel that has the BLAS library multiply.
protocol LibraryKernel: Kernel {}

extension Kernel {
  package var passingInput: Int? { nil }
  package var stateCount: Int { 0 }
  package var keepsGradient: Bool { false }
  package var scratchCount: Int { 0 }
  package var sharedCount: Int { 0 }
}

/// The values that a pullback reads.
package struct PullbackReads: OptionSet, Sendable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// The inputs of the forward pass.
  package static let inputs = PullbackReads(rawValue: 1)
  /// The outputs of the forward pass.
  package static let outputs = PullbackReads(rawValue: 2)
}

/// The memory of one step of a workspace.
package struct KernelRun {
  /// The inputs' elements.
  package let inputs: [UnsafePointer<Float>]
  /// The outputs' elements.
  package let outputs: [UnsafeMutablePointer<Float>]
  /// The inputs' gradients; `nil` where nobody wants one.
  package let inputGradients: [UnsafeMutablePointer<Float>?]
  /// The outputs' gradients; `nil` for an output that reaches no tap.
  package let outputGradients: [UnsafeMutablePointer<Float>?]
  /// Whether an input's gradient holds a share already, so that the pullback adds to it.
  package let accumulates: [Bool]
  /// What the kernel keeps from forward to backward.
  package let state: UnsafeMutablePointer<Float>
  /// What the workers need together.
  package let shared: UnsafeMutablePointer<Float>
  /// The threads that share the work.
  package let threads: Int

  /// Where the run stands.
  package internal(set) var moment = Moment(iteration: 0, of: 1)

  let scratchBase: UnsafeMutablePointer<Float>
  let scratchStep: Int

  /// The scratch memory of a worker.
  package func scratch(_ worker: Int) -> UnsafeMutablePointer<Float> {
    scratchBase + worker * scratchStep
  }

  /// Shares `count` chunks among the workers.
  package func forEachChunk(_ count: Int, _ body: (_ chunk: Int, _ worker: Int) -> Void) {
    WorkerPool.forEachChunk(count, threads: threads, body)
  }

  /// Shares `count` neighbours among the workers in blocks of `size`; the last block may be smaller.
  package func forEachBlock(
    of count: Int, size: Int, _ body: (_ first: Int, _ count: Int, _ worker: Int) -> Void
  ) {
    forEachChunk((count + size - 1) / size) { block, worker in
      let first = block * size
      body(first, min(size, count - first), worker)
    }
  }

  /// The same for rows of `width` elements, in blocks of `elements`, more or less.
  package func forEachBlock(
    ofRows rows: Int, width: Int, elements: Int,
    _ body: (_ first: Int, _ count: Int, _ worker: Int) -> Void
  ) {
    forEachBlock(of: rows, size: max(1, elements / max(width, 1)), body)
  }
}
